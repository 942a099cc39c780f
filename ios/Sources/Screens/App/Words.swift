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
}

private struct WordsKey: EnvironmentKey {
    /// A preview has no core: it shows the word's name.
    static let defaultValue = Words { "\($0)" }
}

extension EnvironmentValues {
    var words: Words {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }
}
