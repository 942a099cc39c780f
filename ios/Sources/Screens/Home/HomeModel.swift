import Observation
import PhoneinCore

/// The lists under the doors.
enum HomeTab: CaseIterable { case activity, keys }

/// Home over the core. What a tap becomes comes back by the core's own word, as everything else does.
@MainActor @Observable final class HomeModel {
    /// The intercoms; `nil` until the core has said.
    private(set) var places: [PlaceModel]?
    /// Why there are none.
    private(set) var fault: Told?
    var tab = HomeTab.activity
    /// Words to be shown once.
    var message: String?

    private let phonein: Phonein
    private let presence: Presence

    init(phonein: Phonein, presence: Presence) {
        self.phonein = phonein
        self.presence = presence
    }

    func follow() async {
        await phonein.follow([.home]) {
            do { show(try await phonein.home()) } catch { fault = error.told }
        }
    }

    func show(_ home: Home) {
        let known = places ?? []
        let shown = home.intercoms.map { home in
            guard let place = known.first(where: { $0.id == home.intercom.id }) else { return PlaceModel(home) }
            place.show(home)
            return place
        }
        if places?.map(\.id) != shown.map(\.id) { places = shown }
        if fault != nil { fault = nil }
    }

    /// The round button, or a `key` in the list. The core is asked at once, on a thread that does not draw; the tap goes
    /// on although this page is left.
    func press(_ door: Door, at place: String, key: String? = nil, reason: String) {
        Task.detached { [phonein, presence, weak self] in
            do {
                if try await phonein.settings(intercom: place).askFirst, !(await presence.confirm(reason)) { return }
                _ = try await phonein.unlock(intercom: place, key: key, door: door)
            } catch {
                await self?.say(error.told?.sentence)
            }
        }
    }

    /// Keeps the intercom one round trip away until the task is cancelled.
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
