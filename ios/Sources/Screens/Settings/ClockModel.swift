import Observation
import PhoneinCore

/// An intercom's clock over the core.
@MainActor @Observable final class ClockModel {
    private(set) var settings: IntercomSettings?
    private(set) var zones: [String] = []
    private(set) var progress = Progress()

    private let phonein: Phonein
    private let intercom: String

    init(phonein: Phonein, intercom: String) {
        self.phonein = phonein
        self.intercom = intercom
    }

    func follow() async {
        async let fresh: Void = phonein.freshen()
        // Without their names the zone stays as it is.
        zones = (try? await phonein.zoneNames()) ?? []
        await phonein.follow([.settings]) { await ask() }
        await fresh
    }

    private func ask() async {
        // The page below says so if there are none.
        if let known = try? await phonein.settings(intercom: intercom) { show(known) }
    }

    func show(_ known: IntercomSettings) { settings = known }

    func choose(_ zone: String) async {
        await change { [phonein, intercom] in
            try await phonein.changeSettings(intercom: intercom, change: .zone(zone: zone))
        }
    }

    /// USE THIS PHONE'S TIME, or LEAVE IT.
    func answer(usePhone: Bool) async {
        await change { [phonein, intercom] in
            try await phonein.answerClock(intercom: intercom, useThisPhone: usePhone)
        }
    }

    private func change(_ deed: @MainActor () async throws -> Void) async {
        guard !progress.isWorking else { return }
        progress = Progress(isWorking: true)
        let words = await wrong(of: deed)
        await ask()
        progress = Progress(wrong: words)
    }
}
