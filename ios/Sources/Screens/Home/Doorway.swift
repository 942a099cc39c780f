import Foundation
import PhoneinCore
import SwiftUI

/// An arch with a door's button in it, and how the door stands.
struct Doorway: View {
    let door: DoorModel
    let place: PlaceModel
    let size: CGFloat
    let press: @MainActor () -> Void
    let help: @MainActor (Way) -> Void

    var body: some View {
        VStack(spacing: 10) {
            RoundButton(door: door, size: size, press: press)
            DoorWords(door: door, place: place, help: help)
        }
        .padding(.vertical, 20)
        .padding(.horizontal, 12)
        .frame(maxWidth: .infinity)
        .background(isOpen ? Tint.stageArchOpen : Tint.stageArch, in: arch)
    }

    private var arch: UnevenRoundedRectangle {
        UnevenRoundedRectangle(topLeadingRadius: size / 2, topTrailingRadius: size / 2)
    }

    private var isOpen: Bool { DoorLook(door.tap.state) == .open }
}

/// A door's name and how it stands. The button says it to a screen reader; here it is only to be seen.
private struct DoorWords: View {
    let door: DoorModel
    let place: PlaceModel
    let help: @MainActor (Way) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let tap = door.tap
        VStack(spacing: 4) {
            Text(words(door.door == .entrance ? .entrance : .innerDoor))
                .font(.headline)
                .accessibilityHidden(true)
            // Beside the entrance an inner door at rest needs no words.
            if door.door == .entrance || tap.state != .idle {
                Text(tap.title).accessibilityHidden(true)
            }
            if !tap.detail.isEmpty {
                Text(tap.detail).foregroundStyle(Tint.onStageVariant).accessibilityHidden(true)
            }
            if case .unreachable(let paths) = tap.state { Reason(paths: paths, help: help) }
            if let chip = place.chip, door === place.doors.first, tap.state == .idle {
                Text(chip).font(.subheadline)
            }
        }
        .multilineTextAlignment(.center)
        .foregroundStyle(Tint.onStage)
    }
}

/// Why the intercom was not reached, and the one thing the phone can help with.
private struct Reason: View {
    let paths: [FailedPath]
    let help: @MainActor (Way) -> Void
    @Environment(\.words) private var words

    var body: some View {
        if let path = paths.first(where: { $0.way != .none }) ?? paths.first {
            Text(path.told.title).font(.subheadline)
            if !path.told.detail.isEmpty { Text(path.told.detail).font(.subheadline) }
            if let word = path.way.word {
                Button(words(word)) { help(path.way) }
                    .buttonStyle(.borderless)
                    .tint(Tint.onStage)
            }
        }
    }
}

extension Way {
    fileprivate var word: Word? {
        switch self {
        // An app can lead no further than to its own settings; what to do there is in the reason.
        case .bluetoothSettings, .permission, .networkSettings: .settings
        case .address: .changeAddress
        case .paths: .changePaths
        case .none: nil
        }
    }
}
