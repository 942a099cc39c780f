import SwiftUI

/// A field among rows, for what is searched in them.
struct SearchRow: View {
    let prompt: String
    let text: String
    let look: @MainActor (String) async -> Void

    var body: some View {
        Label {
            TextField(
                prompt,
                text: Binding(
                    get: { @MainActor in text }, set: { @MainActor typed in Task { await look(typed) } })
            )
            .autocorrectionDisabled()
        } icon: {
            Image(.search)
        }
    }
}
