import SwiftUI

/// Puts a sheet away.
struct CloseButton: ToolbarContent {
    var word = Word.close

    var body: some ToolbarContent {
        ToolbarItem(placement: .cancellationAction) { Closing(word: word) }
    }
}

private struct Closing: View {
    let word: Word
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Button(words(word)) { dismiss() }
    }
}
