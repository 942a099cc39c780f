import Observation
import PhoneinCore

/// The lists under the doors.
enum HomeTab: CaseIterable { case activity, keys }

/// A press on a door.
struct Press: Equatable, Sendable {
    let door: Door
    let place: String
    /// The key in the list that was tapped, or that of the button; a shortcut has none.
    var key: String?
}

/// Home over the core. What a tap becomes comes back by the core's own word, as everything else does.
@MainActor @Observable final class HomeModel {
    /// The intercoms; `nil` until the core has said.
    private(set) var places: [PlaceModel]?
    /// At which of them Home stands, unless somebody went to another.
    private(set) var place: String?
    /// What should be known of the wallet itself.
    private(set) var notes: [HomeNote] = []
    /// Why there are none.
    private(set) var fault: Told?
    var tab = HomeTab.activity
    /// Words to be shown once.
    var message: String?
    /// How often a key in the list was tapped: the doors show what comes of it.
    private(set) var keyTaps = 0
    /// A press on a phone that cannot know who presses: it is asked whether the door shall open.
    var unsure: Press?

    private let phonein: Phonein
    private let presence: Presence

    init(phonein: Phonein, presence: Presence) {
        self.phonein = phonein
        self.presence = presence
    }

    func follow() async {
        await phonein.follow(.home) {
            do { show(try await phonein.home()) } catch { fail(error) }
        }
    }

    /// What was read is still as good as it was.
    private func fail(_ error: any Error) {
        if places == nil { fault = error.told } else { say(error.told?.sentence) }
    }

    func show(_ home: Home) {
        let known = places ?? []
        let shown = home.intercoms.map { home in
            guard let place = known.first(where: { $0.id == home.intercom.id }) else { return PlaceModel(home) }
            place.show(home)
            return place
        }
        if places?.map(\.id) != shown.map(\.id) { places = shown }
        if place != home.place { place = home.place }
        if notes != home.notes { notes = home.notes }
        if fault != nil { fault = nil }
    }

    /// A key in the list.
    func tapKey(_ press: Press) {
        keyTaps += 1
        self.press(press)
    }

    /// The round button.
    func press(_ press: Press) {
        self.press(press, asks: places?.first { $0.id == press.place }?.askFirst == true)
    }

    /// - Parameter asks: Whether it is asked first who presses.
    func press(_ press: Press, asks: Bool) {
        guard asks else { return open(press) }
        Task { [presence, phonein] in
            switch await presence.ask(phonein.label(label: .openDoor)) {
            case .confirmed: open(press)
            case .declined: break
            case .impossible: unsure = press
            }
        }
    }

    /// The core is asked at once, on a thread that does not draw; the tap goes on although this page is left.
    func open(_ press: Press) {
        Task.detached { [phonein, weak self] in
            do {
                _ = try await phonein.unlock(intercom: press.place, key: press.key, door: press.door)
            } catch {
                await self?.say(error.told?.sentence)
            }
        }
    }

    /// Keeps the intercom one round trip away until the task is cancelled; Home stands there from now on.
    func stayReady(_ place: String) async {
        // One that was removed meanwhile has nothing to be ready for.
        guard let ready = try? await phonein.stayReady(intercom: place) else { return }
        await untilCancelled()
        ready.cancel()
    }

    /// A note was read.
    func dismiss(_ note: String) async {
        do { try await phonein.dismiss(note: note) } catch { say(error.told?.sentence) }
    }

    func refresh() async { await phonein.freshen() }

    func say(_ words: String?) { message = words }
}

/// Waits for the end of the task.
private func untilCancelled() async {
    let (never, _) = AsyncStream<Never>.makeStream()
    for await _ in never {}
}
