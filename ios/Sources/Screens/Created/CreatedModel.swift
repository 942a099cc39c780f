import Observation
import PhoneinCore

/// A key that needs a new link.
struct Again: Equatable {
    /// Why, unless that stands above already.
    let told: Told?
    /// What can be done.
    let ways: [ShareWay]
}

/// Created, or Share, over the core.
@MainActor @Observable final class CreatedModel {
    /// The key; `nil` until the core has said.
    private(set) var key: KeyDetails?
    /// Its link; `nil` while it cannot be shared as it is.
    private(set) var share: Share?
    /// Why it cannot, and what can be done.
    private(set) var again: Again?
    /// Whether it is asked how many more uses a used-up key shall have.
    var asksUses = false
    /// What went wrong.
    private(set) var failure: Told?
    /// The key that was made for someone else.
    private(set) var copied: String?

    private let phonein: Phonein
    private let id: String
    @ObservationIgnored private var isBusy = false

    init(phonein: Phonein, key: String) {
        self.phonein = phonein
        id = key
    }

    func follow() async {
        await phonein.follow(.keys) { await ask() }
    }

    private func ask() async {
        do {
            let details = try await phonein.key(id: id)
            var (link, question) = (Share?.none, Again?.none)
            do {
                link = try await phonein.share(id: id)
            } catch ShareError.NoLink(let ways, let told, let isStatus) {
                question = Again(told: isStatus ? nil : told, ways: ways)
            } catch {
                failure = error.told
            }
            // All at once: what the one says the other leaves out.
            (key, share, again) = (details, link, question)
        } catch {
            (share, failure) = (nil, error.told)
        }
    }

    /// The link went to the share sheet or the clipboard, or its code is held out to somebody.
    func shared() {
        Task { [phonein, id] in await told { try await phonein.markShared(id: id) } }
    }

    /// *For someone else*; *New phone, same person*, at once or after a question how many more uses it shall have.
    func go(_ way: ShareWay) {
        switch way {
        case .someoneElse: act { [phonein, id] in self.copied = try await phonein.copyKey(id: id) }
        case .newPhone where key?.moreUses != nil: asksUses = true
        case .newPhone: act { [phonein, id] in try await phonein.reissue(id: id, moreUses: nil) }
        }
    }

    func newPhone(uses: Int32) {
        asksUses = false
        act { [phonein, id] in try await phonein.reissue(id: id, moreUses: uses) }
    }

    /// While one thing is being done a press adds nothing.
    private func act(_ deed: @escaping @MainActor () async throws -> Void) {
        guard !isBusy else { return }
        isBusy = true
        Task {
            await told(deed)
            isBusy = false
        }
    }

    private func told(_ deed: @MainActor () async throws -> Void) async {
        failure = nil
        do { try await deed() } catch { failure = error.told }
    }
}
