import Foundation
import PhoneinCore
import SwiftUI

/// A door's button through all its states.
struct RoundButton: View {
    let door: DoorModel
    let size: CGFloat
    let press: @MainActor () -> Void
    @Environment(\.accessibilityReduceMotion) private var isStill

    var body: some View {
        let tap = door.tap
        let look = tap.look
        Button(action: press) {
            ZStack {
                Circle().fill(look.colors.disc).padding(14)
                content(tap).foregroundStyle(look.colors.content)
            }
            .frame(width: size, height: size)
            .contentShape(.circle)
        }
        .buttonStyle(Pressed())
        .background { Ring(tap: tap) }
        .accessibilityLabel(door.name)
        .accessibilityValue(tap.spoken)
        .animation(isStill ? .linear(duration: 0.1) : .easeOut(duration: 0.35), value: look)
        .sensoryFeedback(trigger: look) { _, look in look.feedback }
        // Said when the state begins; the seconds are not read out one by one.
        .modifier(Announcing(beginning: Beginning(look: look, title: tap.title), words: tap.spoken))
    }

    @ViewBuilder private func content(_ tap: Tap) -> some View {
        if let left = seconds(tap.state) {
            VStack {
                Image(tap.sign.symbol).font(.system(size: size * 0.25))
                Text(verbatim: "\(left)")
                    .font(.system(size: size * 0.2, weight: .medium))
                    .monospacedDigit()
                    .contentTransition(isStill ? .identity : .numericText(countsDown: true))
            }
        } else {
            Image(tap.sign.symbol).font(.system(size: size * 0.38))
        }
    }

    private func seconds(_ state: TapState) -> Int32? {
        if case .opened(let seconds, _, _) = state, seconds > 0 { seconds } else { nil }
    }
}

struct Beginning: Equatable {
    let look: TapLook
    let title: String
}

/// Says the words once, when something else begins.
private struct Announcing: ViewModifier {
    let beginning: Beginning
    let words: String
    @State private var said: String?

    func body(content: Content) -> some View {
        content
            .onChange(of: beginning) { said = words }
            .speaks(said)
    }
}

/// Gives way a little under the finger.
private struct Pressed: ButtonStyle {
    func makeBody(configuration: Configuration) -> some View {
        configuration.label.scaleEffect(configuration.isPressed ? 0.96 : 1)
    }
}
