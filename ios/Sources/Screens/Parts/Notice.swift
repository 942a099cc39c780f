import PhoneinCore
import SwiftUI

/// Something to know, among rows.
struct Notice: View {
    private let title: String
    private let detail: String
    private let symbol: Symbol

    init(_ title: String, _ detail: String = "", symbol: Symbol = .alert) {
        self.title = title
        self.detail = detail
        self.symbol = symbol
    }

    init(_ told: Told, symbol: Symbol = .alert) { self.init(told.title, told.detail, symbol: symbol) }

    var body: some View {
        Label {
            VStack(alignment: .leading, spacing: 4) {
                Text(title)
                if !detail.isEmpty { Text(detail).font(.subheadline).foregroundStyle(.secondary) }
            }
            .accessibilityElement(children: .combine)
        } icon: {
            Image(symbol)
        }
    }
}

/// What is wrong, under the field it is about.
struct Wrong: View {
    let words: String

    var body: some View {
        Label(words, symbol: .alert)
            .font(.footnote)
            .foregroundStyle(.red)
    }
}
