import Observation
import PhoneinCore

/// What is asked before a key goes.
struct DeleteQuestion: Equatable {
    let key: String
    let told: Told
    /// Whether it is deleted; one that was only sent to this phone is removed from it.
    let isManaged: Bool
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
            self.question = DeleteQuestion(key: key, told: details.deleteQuestion, isManaged: details.row.isManaged)
        }
    }

    func delete(_ asked: DeleteQuestion) {
        act { [phonein] in
            if asked.isManaged {
                self.said = try await phonein.deleteKey(id: asked.key)
            } else {
                try await phonein.forgetKey(id: asked.key)
            }
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
