import Observation
import PhoneinCore

/// The list of keys over the core: a part at a time, as far as somebody looked.
@MainActor @Observable final class KeysModel {
    private(set) var search = ""
    /// `nil` until the core has said.
    private(set) var keys: [KeyRow]?
    /// Whether a search field stands above them.
    private(set) var isSearchable = false
    /// Why they could not be read.
    private(set) var fault: Told?

    private let phonein: Phonein
    private var intercom: String?
    /// Where the part after the last one read begins.
    @ObservationIgnored private var next: String?
    /// Counts what was asked: an answer to an older question is not shown.
    @ObservationIgnored private var asked = 0

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    /// Keeps the list right for as long as this intercom's is on screen.
    func follow(_ intercom: String) async {
        if self.intercom != intercom {
            self.intercom = intercom
            (search, keys, next, fault) = ("", nil, nil, nil)
        }
        await phonein.follow([.keys]) { await read(least: keys?.count ?? 0) }
    }

    func look(for words: String) async {
        search = words
        await read(least: 0)
    }

    /// The last row came into sight.
    func more() async {
        guard next != nil else { return }
        await read(least: (keys?.count ?? 0) + 1)
    }

    /// Reads anew, at least so many.
    private func read(least count: Int) async {
        asked += 1
        let number = asked
        var (rows, after) = ([KeyRow](), String?.none)
        do {
            repeat {
                let page = try await phonein.keys(search: search, filter: KeyFilter(intercom: intercom), after: after)
                guard number == asked else { return }
                rows += page.keys
                after = page.next
                if isSearchable != page.isSearchable { isSearchable = page.isSearchable }
            } while after != nil && rows.count < count
            show(rows, next: after)
        } catch {
            fault = error.told
        }
    }

    func show(_ rows: [KeyRow], next: String? = nil) {
        if keys != rows { keys = rows }
        self.next = next
        if fault != nil { fault = nil }
    }
}
