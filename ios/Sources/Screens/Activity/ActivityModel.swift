import Observation
import PhoneinCore

/// The entries of a day, under its heading.
struct ActivityDay: Identifiable {
    let title: String
    private(set) var entries: [(index: Int, entry: ActivityEntry)]

    var id: String { entries[0].entry.id }

    /// Days in the order of their entries.
    static func of(_ entries: [ActivityEntry]) -> [Self] {
        entries.enumerated().reduce(into: []) { days, entry in
            if days.last?.title == entry.element.day {
                days[days.count - 1].entries.append((entry.offset, entry.element))
            } else {
                days.append(Self(title: entry.element.day, entries: [(entry.offset, entry.element)]))
            }
        }
    }
}

/// Recent activity of the intercom on screen, over the core.
@MainActor @Observable final class ActivityModel {
    private(set) var chosen = ActivityShow.all
    /// The kinds to choose from; none where there is nothing of any.
    private(set) var choices: [ShowChoice] = []
    /// Newest first.
    let entries = Parts<ActivityEntry>()
    /// The entry whose details are open.
    private(set) var opened: String?
    /// Why giving back a use did not succeed.
    private(set) var trouble: Told?

    let phonein: Phonein
    private var intercom: String?

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    /// Keeps the list right for as long as this intercom's is on screen.
    func follow(_ intercom: String) async {
        if self.intercom != intercom {
            self.intercom = intercom
            (chosen, choices, trouble) = (.all, [], nil)
            entries.forget()
        }
        await phonein.follow(.activity) { await entries.read(part) }
    }

    /// Only these, from the newest.
    func choose(_ show: ActivityShow) async {
        chosen = show
        await entries.read(isFromStart: true, part)
    }

    /// This entry came into sight.
    func reached(_ index: Int) async { await entries.reached(index, part) }

    /// GIVE BACK THE USE.
    func giveBack(_ entry: String) async {
        do { try await phonein.giveBack(entry: entry) } catch { trouble = error.told }
    }

    /// The entry whose details are shown, as it reads now.
    var details: ActivityEntry? {
        get { entries.rows?.first { $0.id == opened } }
        set { (opened, trouble) = (newValue?.id, nil) }
    }

    func show(_ new: [ShowChoice]) { choices = new }

    private func part(after: String?) async throws -> Parts<ActivityEntry>.Part {
        let filter = ActivityFilter(intercom: intercom, show: chosen)
        let page = try await phonein.activity(filter: filter, after: after)
        if choices != page.choices { choices = page.choices }
        return Parts.Part(rows: page.entries, next: page.next, ahead: page.ahead, empty: page.empty)
    }
}
