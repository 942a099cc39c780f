import Observation
import PhoneinCore

/// The entries of a day, under its heading.
struct ActivityDay: Identifiable {
    let title: String
    private(set) var entries: [ActivityEntry]

    var id: String { entries[0].id }

    /// Days in the order of their entries.
    static func of(_ entries: [ActivityEntry]) -> [Self] {
        entries.reduce(into: []) { days, entry in
            if days.last?.title == entry.day {
                days[days.count - 1].entries.append(entry)
            } else {
                days.append(Self(title: entry.day, entries: [entry]))
            }
        }
    }
}

/// Recent activity of the intercom on screen, over the core.
@MainActor @Observable final class ActivityModel {
    private(set) var chosen = ActivityShow.all
    /// The entries so far, newest first; `nil` until the core has said.
    private(set) var entries: [ActivityEntry]?
    /// Whether there are older ones.
    private(set) var hasMore = false
    /// The entry whose details are open.
    var opened: ActivityEntry?
    /// Why the list or giving back a use did not succeed.
    private(set) var trouble: Told?

    let phonein: Phonein
    private var intercom: String?
    @ObservationIgnored private var asked = 0

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    /// Keeps the list right for as long as this intercom's is on screen.
    func follow(_ intercom: String) async {
        if self.intercom != intercom {
            self.intercom = intercom
            (chosen, entries, hasMore, trouble) = (.all, nil, false, nil)
        }
        await phonein.follow([.activity]) { await read(least: entries?.count ?? 0) }
    }

    /// Only these, from the newest.
    func choose(_ show: ActivityShow) async {
        chosen = show
        await read(least: 0)
    }

    /// The end of the list came into sight.
    func more() async { await read(least: (entries?.count ?? 0) + 1) }

    /// GIVE BACK THE USE.
    func giveBack(_ entry: String) async {
        do { try await phonein.giveBack(entry: entry) } catch { trouble = error.told }
    }

    func open(_ entry: ActivityEntry?) {
        opened = entry
        trouble = nil
    }

    /// Reads anew, at least so many. An answer to an older question is not shown.
    private func read(least count: Int) async {
        asked += 1
        let number = asked
        var (read, after) = ([ActivityEntry](), String?.none)
        do {
            repeat {
                let filter = ActivityFilter(intercom: intercom, show: chosen)
                let page = try await phonein.activity(filter: filter, after: after)
                guard number == asked else { return }
                read += page.entries
                after = page.next
            } while after != nil && read.count < count
            show(read, hasMore: after != nil)
        } catch {
            trouble = error.told
        }
    }

    func show(_ read: [ActivityEntry], hasMore: Bool = false) {
        if entries != read { entries = read }
        if self.hasMore != hasMore { self.hasMore = hasMore }
        if trouble != nil { trouble = nil }
        if let known = opened, let now = read.first(where: { $0.id == known.id }), now != known { opened = now }
    }
}
