import PhoneinCore
import SwiftUI

/// A page or a list with nothing on it: why, and the way on.
struct Empty<Actions: View>: View {
    private let title: String
    private let detail: String
    private let symbol: Symbol
    private let actions: Actions

    init(_ title: String, _ detail: String, symbol: Symbol, @ViewBuilder actions: () -> Actions) {
        self.title = title
        self.detail = detail
        self.symbol = symbol
        self.actions = actions()
    }

    var body: some View {
        ContentUnavailableView {
            Label(title, symbol: symbol)
        } description: {
            if !detail.isEmpty { Text(detail) }
        } actions: {
            actions
        }
    }
}

extension Empty where Actions == EmptyView {
    init(_ title: String, _ detail: String, symbol: Symbol) {
        self.init(title, detail, symbol: symbol) { EmptyView() }
    }

    init(_ told: Told, symbol: Symbol) { self.init(told.title, told.detail, symbol: symbol) }
}
