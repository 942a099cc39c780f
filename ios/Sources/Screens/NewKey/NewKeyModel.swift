import Foundation
import Observation
import PhoneinCore

/// New key, or Edit, over the core. What is set is kept there, so leaving loses nothing.
@MainActor @Observable final class NewKeyModel {
    /// The page as the core has it; `nil` until it has said.
    private(set) var page: WizardState?
    /// The numbers of uses to choose from.
    let uses: [UsesChoice]
    /// The field to go to, because it is wrong.
    private(set) var wrongAt: KeyField?
    /// Why there is no page, or why it was not saved.
    private(set) var failure: Told?
    /// The key, once it is saved.
    private(set) var saved: String?
    private(set) var isSaving = false

    private let phonein: Phonein
    private let open: @Sendable (Phonein) async throws -> KeyWizard
    @ObservationIgnored private var wizard: KeyWizard?

    /// - Parameter open: Asks the core for the page.
    init(phonein: Phonein, open: @escaping @Sendable (Phonein) async throws -> KeyWizard) {
        self.phonein = phonein
        self.open = open
        uses = phonein.usesChoices()
    }

    func follow() async {
        if wizard == nil {
            do {
                wizard = try await open(phonein)
            } catch {
                failure = error.told
            }
            show()
        }
        await phonein.follow(.draft) { show() }
    }

    /// Sets one thing, and shows what the page becomes.
    func set(_ change: (KeyWizard) -> Void) {
        guard let wizard else { return }
        change(wizard)
        if failure != nil { failure = nil }
        show()
    }

    /// 0 is Monday.
    func toggle(day: Int) { set { $0.toggleDay(day: Int32(day)) } }

    /// The person went from there to something else.
    func leave(_ field: KeyField) {
        wizard?.leave(field: field)
        show()
    }

    func startOver() { set { $0.startOver() } }

    /// CREATE KEY or SAVE. While it is being saved a press adds nothing.
    func save() async {
        guard let wizard, !isSaving else { return }
        isSaving = true
        wrongAt = nil
        do {
            saved = try await wizard.save()
        } catch SaveError.Field(let field, _) {
            show()
            wrongAt = field
        } catch {
            failure = error.told
        }
        isSaving = false
    }

    /// The words beside this field, once they are to be shown.
    func wrong(_ field: KeyField) -> String? {
        page?.problems.first { $0.field == field && $0.shown }?.words
    }

    private func show() {
        if let state = wizard?.state(), state != page { page = state }
    }
}
