import SwiftUI

/// The one button of a page that gives access, or leads to it.
struct AccessButton: View {
    let title: String
    let symbol: Symbol
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) { AccessLabel(title: title, symbol: symbol) }
            .buttonStyle(.borderedProminent)
            .tint(Tint.access)
            .controlSize(.large)
    }
}

/// What stands on it, for a button of another kind.
struct AccessLabel: View {
    let title: String
    let symbol: Symbol

    var body: some View {
        Label(title, symbol: symbol)
            .font(.headline)
            .foregroundStyle(Tint.onAccess)
            .frame(maxWidth: .infinity)
    }
}

#Preview {
    AccessButton(title: Words.names(.newKey), symbol: .key) {}
}
