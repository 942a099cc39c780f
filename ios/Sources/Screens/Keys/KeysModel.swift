import Observation
import PhoneinCore

/// The list of keys over the core.
@MainActor @Observable final class KeysModel {
    private(set) var search = ""
    /// Whether a search field stands above them.
    private(set) var isSearchable = false
    let keys = Parts<KeyRow>()

    private let phonein: Phonein
    private var intercom: String?

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    /// Keeps the list right for as long as this intercom's is on screen.
    func follow(_ intercom: String) async {
        if self.intercom != intercom {
            self.intercom = intercom
            search = ""
            keys.forget()
        }
        await phonein.follow(.keys) { await keys.read(part) }
    }

    func look(for words: String) async {
        search = words
        await keys.read(isFromStart: true, part)
    }

    /// This row came into sight.
    func reached(_ index: Int) async { await keys.reached(index, part) }

    private func part(after: String?) async throws -> Parts<KeyRow>.Part {
        let page = try await phonein.keys(search: search, filter: KeyFilter(intercom: intercom), after: after)
        if isSearchable != page.isSearchable { isSearchable = page.isSearchable }
        return Parts.Part(rows: page.keys, next: page.next, ahead: page.ahead, empty: page.empty)
    }
}
