import Foundation
import PhoneinCore
import SwiftUI

/// An intercom's doors: beside each other where there is room, else one under the other.
struct Stage: View {
    /// Where to scroll for the doors to be seen.
    static let top = "Stage"

    let model: HomeModel
    let place: PlaceModel
    @Environment(\.dynamicTypeSize) private var typeSize
    @Environment(Navigation.self) private var navigation
    @Environment(\.openURL) private var openURL

    var body: some View {
        Section {
            Group {
                if typeSize.isAccessibilitySize {
                    VStack(spacing: 12) { doors }
                } else {
                    HStack(alignment: .bottom, spacing: 12) { doors }
                }
            }
            .padding(.horizontal, 12)
            .padding(.top, 20)
            .background(Tint.stage)
            .id(Self.top)
        }
        .listRowInsets(EdgeInsets())
        .listRowBackground(Tint.stage)
    }

    private var doors: some View {
        ForEach(place.doors) { door in
            Doorway(
                door: door, size: door.door == .entrance ? 184 : 96,
                press: { model.press(Press(door: door.door, place: place.id, key: door.key)) }, help: help)
        }
    }

    /// Where the phone can help to reach the intercom.
    private func help(_ way: Way) {
        if !way.isInSettings {
            navigation.open(.settings(place.id))
        } else if let settings = URL(string: systemSettings) {
            openURL(settings)
        }
    }
}
