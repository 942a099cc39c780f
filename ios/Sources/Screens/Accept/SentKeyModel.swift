import Observation
import PhoneinCore

/// A link by hand, over the core.
@MainActor @Observable final class SentKeyModel {
    var link = "" { didSet { wrong = nil } }
    /// Why it is no link that can be used.
    private(set) var wrong: String?

    private let phonein: Phonein

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    /// Whether it can be read.
    func reads() async -> Bool {
        do {
            _ = try await phonein.previewLink(text: link)
            return true
        } catch {
            wrong = error.told?.sentence
            return false
        }
    }
}
