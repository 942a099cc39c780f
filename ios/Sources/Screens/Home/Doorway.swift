import Foundation
import PhoneinCore
import SwiftUI

/// An arch with a door's button in it, and how the door stands.
struct Doorway: View {
    let door: DoorModel
    let size: CGFloat
    let press: @MainActor () -> Void
    let help: @MainActor (Way) -> Void

    var body: some View {
        VStack(spacing: 10) {
            RoundButton(door: door, size: size, press: press)
            DoorWords(door: door, help: help)
        }
        .padding(.vertical, 20)
        .padding(.horizontal, 12)
        .frame(maxWidth: .infinity)
        .background(door.tap.look == .open ? Tint.stageArchOpen : Tint.stageArch, in: arch)
    }

    private var arch: UnevenRoundedRectangle {
        UnevenRoundedRectangle(topLeadingRadius: size / 2, topTrailingRadius: size / 2)
    }
}

/// A door's name and how it stands. The button says it to a screen reader; here it is only to be seen.
private struct DoorWords: View {
    let door: DoorModel
    let help: @MainActor (Way) -> Void
    @Environment(\.words) private var words
    /// Of a name, a title and two lines of detail: nothing below moves when the door says how it stands.
    @ScaledMetric private var room: CGFloat = 96

    var body: some View {
        let tap = door.tap
        VStack(spacing: 4) {
            Text(words(door.door == .entrance ? .entrance : .innerDoor))
                .font(.headline)
                .accessibilityHidden(true)
            if !tap.title.isEmpty { Text(tap.title).accessibilityHidden(true) }
            if !tap.detail.isEmpty {
                Text(tap.detail).foregroundStyle(Tint.onStageVariant).accessibilityHidden(true)
            }
            if case .unreachable(let paths) = tap.state, let path = paths.first { Reason(path: path, help: help) }
            if let keyName = door.keyName { Text(keyName).font(.subheadline) }
        }
        .multilineTextAlignment(.center)
        .foregroundStyle(Tint.onStage)
        .frame(minHeight: room, alignment: .top)
    }
}

/// Why the intercom was not reached, and the one thing the phone can help with.
private struct Reason: View {
    let path: FailedPath
    let help: @MainActor (Way) -> Void
    @Environment(\.words) private var words

    var body: some View {
        Text(path.told.title).font(.subheadline)
        // Where the button can only lead to the app's settings, this says what to do.
        if path.way.isInSettings && !path.told.detail.isEmpty { Text(path.told.detail).font(.subheadline) }
        if let word = path.way.isInSettings ? words(.openSettings) : path.wayWords {
            Button(word) { help(path.way) }
                .buttonStyle(.borderless)
                .tint(Tint.onStage)
        }
    }
}

extension Way {
    /// Whether it lies in the system's settings, of which an app can open no page but its own.
    var isInSettings: Bool {
        switch self {
        case .bluetoothSettings, .permission, .networkSettings: true
        case .address, .paths, .none: false
        }
    }
}
