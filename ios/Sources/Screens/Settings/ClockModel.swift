import Observation
import PhoneinCore

/// An intercom's clock over the core.
@MainActor @Observable final class ClockModel {
    private(set) var settings: IntercomSettings?
    /// What is searched for.
    private(set) var search = ""
    /// The zones that may be meant; `nil` until the core has said.
    private(set) var zones: [String]?
    let progress = Progress()

    private let phonein: Phonein
    private let intercom: String

    init(phonein: Phonein, intercom: String) {
        self.phonein = phonein
        self.intercom = intercom
    }

    func follow() async {
        await look(for: search)
        await phonein.follow(.settings, isFreshened: true) { await ask() }
    }

    private func ask() async {
        // The page below says so if there are none.
        if let known = try? await phonein.settings(intercom: intercom) { show(known) }
    }

    func look(for words: String) async {
        search = words
        // Without their names the zone stays as it is.
        let found = try? await phonein.zoneNames(search: words)
        if search == words { zones = found }
    }

    func show(_ known: IntercomSettings) { settings = known }

    func choose(_ zone: String) async {
        await progress.run {
            try await phonein.changeSettings(intercom: intercom, change: .zone(zone: zone))
        } then: {
            await ask()
        }
    }

    /// USE THIS PHONE'S TIME, or LEAVE IT.
    func answer(usePhone: Bool) async {
        await progress.run {
            try await phonein.answerClock(intercom: intercom, useThisPhone: usePhone)
        } then: {
            await ask()
        }
    }
}
