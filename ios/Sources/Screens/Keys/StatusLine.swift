import PhoneinCore
import SwiftUI

/// How a key stands, in one line with its icon.
struct StatusLine: View {
    let status: KeyStatus
    let words: String

    var body: some View {
        Label(words, symbol: status.symbol)
            .font(.subheadline.weight(.medium))
            .foregroundStyle(status.color)
    }
}

extension KeyStatus {
    fileprivate var symbol: Symbol {
        switch self {
        case .active: .key
        case .held: .phone
        case .upcoming, .outside: .clock
        case .shared: .share
        case .waiting: .waiting
        case .deletedWaiting: .delete
        case .used: .check
        case .expired: .close
        case .overtaken, .shareAgain, .taken: .alert
        }
    }

    fileprivate var color: Color {
        switch self {
        case .active, .held: Tint.activeText
        case .upcoming, .outside: Tint.upcomingText
        case .shared, .waiting, .deletedWaiting: Tint.workingText
        case .used, .expired: Tint.usedText
        case .overtaken, .shareAgain, .taken: Tint.refusedText
        }
    }
}
