import PhoneinCore
import SwiftUI

extension Sign {
    var symbol: Symbol {
        switch self {
        case .entrance: .entrance
        case .entranceOpen: .entranceOpen
        case .innerDoor: .innerDoor
        case .innerDoorOpen: .innerDoorOpen
        case .key: .key
        case .intercom: .intercom
        case .phone: .phone
        case .people: .people
        case .clock: .clock
        case .check: .check
        case .cross: .close
        case .arrows: .waiting
        case .bin: .delete
        case .message: .message
        case .share: .share
        case .pencil: .edit
        case .glass: .search
        case .bar: .refused
        case .noSignal: .unreachable
        case .question: .question
        case .alert: .alert
        }
    }
}

extension Meaning {
    var color: Color {
        switch self {
        case .active: Tint.activeText
        case .working: Tint.workingText
        case .refused: Tint.refusedText
        case .upcoming: Tint.upcomingText
        case .used: Tint.usedText
        }
    }
}
