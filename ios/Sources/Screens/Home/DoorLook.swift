import PhoneinCore
import SwiftUI

extension TapLook {
    /// The disc, and what is drawn on it. Filled is the intercom's own word, hollow is silence.
    var colors: (disc: Color, content: Color) {
        switch self {
        case .idle, .working: (Tint.disc, Tint.onDisc)
        case .open: (Tint.discOpen, Tint.onDiscOpen)
        case .refused: (Tint.discRefused, Tint.onDiscRefused)
        case .unreachable: (.clear, Tint.hollow)
        case .unsure: (.clear, Tint.unsure)
        }
    }

    /// What the hand feels when a door gets there.
    var feedback: SensoryFeedback? {
        switch self {
        case .idle: nil
        case .working: .impact
        case .open: .success
        case .refused, .unreachable, .unsure: .error
        }
    }
}
