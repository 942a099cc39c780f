import PhoneinCore
import SwiftUI

/// SwiftUI's, where the core's words have the same name.
typealias Label = SwiftUI.Label
/// A word of a screen that is always the same.
typealias Word = PhoneinCore.Label

/// Where words come from: `Phonein.label`.
struct Words: Sendable {
    let find: @Sendable (Word) -> String

    func callAsFunction(_ word: Word) -> String { find(word) }

    /// A preview has no core: it shows a word's name.
    static let names = Words { "\($0)" }
}

private struct WordsKey: EnvironmentKey {
    static let defaultValue = Words.names
}

extension EnvironmentValues {
    var words: Words {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }
}
