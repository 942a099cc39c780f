import Observation
import PhoneinCore

/// What is asked before a key goes.
struct DeleteQuestion: Equatable {
    let key: String
    let told: Told
    /// What the button says that does it.
    let yes: String
}

/// Delete, from the list and from a key's page.
@MainActor @Observable final class DeleteModel {
    var question: DeleteQuestion?
    /// What came of it, to be shown once.
    private(set) var said: String?
    /// The key is gone from this phone, or the door was told that it is to be.
    private(set) var isDone = false

    private let phonein: Phonein

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    func ask(_ key: String) {
        act { [phonein] in
            let details = try await phonein.key(id: key)
            self.question = DeleteQuestion(key: key, told: details.deleteQuestion, yes: details.deleteWords)
        }
    }

    func delete(_ asked: DeleteQuestion) {
        act { [phonein] in
            self.said = try await phonein.deleteKey(id: asked.key)
            self.isDone = true
        }
    }

    func saidShown() { said = nil }

    private func act(_ deed: @escaping @MainActor () async throws -> Void) {
        Task {
            do { try await deed() } catch { said = error.told?.sentence }
        }
    }
}
