import Observation
import PhoneinCore

/// A key's page over the core.
@MainActor @Observable final class KeyModel {
    /// `nil` until the core has said.
    private(set) var key: KeyDetails?
    /// Why there is nothing to show.
    private(set) var fault: Told?
    /// A new key, made in place of one that another manager deleted.
    private(set) var replacement: String?

    private let phonein: Phonein
    private let id: String

    init(phonein: Phonein, key: String) {
        self.phonein = phonein
        id = key
    }

    func follow() async {
        await phonein.follow(.keys) {
            do {
                show(try await phonein.key(id: id))
            } catch {
                fault = error.told
            }
        }
    }

    func show(_ details: KeyDetails) {
        key = details
        fault = nil
    }

    /// Whose change of an overtaken key counts.
    func resolve(_ keep: Keep) async {
        do {
            let kept = try await phonein.resolve(id: id, keep: keep)
            if kept != id { replacement = kept }
        } catch {
            fault = error.told
        }
    }
}
