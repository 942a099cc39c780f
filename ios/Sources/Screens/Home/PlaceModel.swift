import Observation
import PhoneinCore

/// One intercom on Home. Each part is watched for itself: a step of an opening redraws the button and nothing else.
@MainActor @Observable final class PlaceModel: Identifiable {
    nonisolated let id: String
    private(set) var intercom: Intercom
    private(set) var opensBy: OpensBy
    private(set) var makesKeys: Bool
    private(set) var notes: [HomeNote]
    private(set) var doors: [DoorModel]

    init(_ home: IntercomHome) {
        id = home.intercom.id
        intercom = home.intercom
        opensBy = home.opensBy
        makesKeys = home.makesKeys
        notes = home.notes
        doors = home.doors.map(DoorModel.init)
    }

    /// Takes over what is different.
    func show(_ home: IntercomHome) {
        if intercom != home.intercom { intercom = home.intercom }
        if opensBy != home.opensBy { opensBy = home.opensBy }
        if makesKeys != home.makesKeys { makesKeys = home.makesKeys }
        if notes != home.notes { notes = home.notes }
        if doors.map(\.door) != home.doors.map(\.door) { doors = home.doors.map(DoorModel.init) }
        for (model, door) in zip(doors, home.doors) { model.show(door) }
    }

    /// The name of the key on the button, where that is not plain.
    var chip: String? {
        if case .key(let key) = opensBy { key.name } else { nil }
    }
}

/// A door's button.
@MainActor @Observable final class DoorModel: Identifiable {
    nonisolated let door: Door
    private(set) var name: String
    private(set) var tap: Tap
    @ObservationIgnored private var waiting: Task<Void, Never>?

    /// An answer that comes sooner is shown at once: working only shows when it lasts.
    static let flash = Duration.milliseconds(300)

    init(_ door: DoorButton) {
        self.door = door.door
        name = door.name
        tap = door.tap
    }

    func show(_ new: DoorButton) {
        if name != new.name { name = new.name }
        let begins = DoorLook(new.tap.state) == .working && DoorLook(tap.state) != .working
        waiting?.cancel()
        waiting = nil
        if begins {
            waiting = Task { [weak self] in
                guard (try? await Task.sleep(for: Self.flash)) != nil else { return }
                self?.tap = new.tap
            }
        } else if tap != new.tap {
            tap = new.tap
        }
    }
}
