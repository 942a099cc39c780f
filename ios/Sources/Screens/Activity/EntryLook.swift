import PhoneinCore
import SwiftUI

extension ActivityEntry {
    var symbol: Symbol {
        switch kind {
        case .opened: door == .inner ? .innerDoorOpen : .entranceOpen
        case .refused: .refused
        case .accepted: .phone
        case .changed: .edit
        case .paired: .people
        case .device: .intercom
        case .interrupted, .unknown: .question
        case .fault: .alert
        case .unanswered: .unreachable
        }
    }

    var color: Color {
        switch kind {
        case .opened: Tint.activeText
        case .refused, .fault: Tint.refusedText
        case .accepted, .changed, .paired: Tint.workingText
        case .device, .interrupted, .unanswered, .unknown: Tint.usedText
        }
    }
}
