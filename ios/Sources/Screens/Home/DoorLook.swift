import PhoneinCore
import SwiftUI

/// What a door's button looks like. Filled is the intercom's own word, hollow is silence.
enum DoorLook: Equatable {
    case idle, working, open, refused, unreachable, unsure

    init(_ state: TapState) {
        switch state {
        case .idle, .cancelled: self = .idle
        case .searching, .connecting, .asking: self = .working
        case .opened(let seconds, _): self = seconds > 0 ? .open : .idle
        case .refused: self = .refused
        case .unreachable: self = .unreachable
        case .noAnswer, .stranger: self = .unsure
        case .settled(.opened): self = .idle
        case .settled(.refused): self = .refused
        case .settled(.interrupted): self = .unsure
        case .settled(.neverArrived): self = .unreachable
        }
    }

    /// The disc, and what is drawn on it.
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

extension TapState {
    /// How many thirds of the ring are filled.
    var thirds: Int {
        switch self {
        case .searching: 1
        case .connecting: 2
        case .asking: 3
        default: 0
        }
    }

    func symbol(of door: Door) -> Symbol {
        switch DoorLook(self) {
        case .idle, .working: door == .entrance ? .entrance : .innerDoor
        case .open: door == .entrance ? .entranceOpen : .innerDoorOpen
        case .refused: refusal.symbol
        case .unreachable: .unreachable
        case .unsure: .question
        }
    }

    private var refusal: Refusal? {
        if case .refused(let refusal, _) = self { refusal } else { nil }
    }
}

extension Refusal? {
    fileprivate var symbol: Symbol {
        switch self {
        case .notYet, .outsideHours, .expired, .timeUnknown: .clock
        case .usedUp: .check
        case .deleted: .delete
        case .taken, .linkTaken: .phone
        default: .refused
        }
    }
}
