import Observation
import PhoneinCore

/// One intercom on Home. Each part is watched for itself: a step of an opening redraws the button and nothing else.
@MainActor @Observable final class PlaceModel: Identifiable {
    nonisolated let id: String
    private(set) var intercom: Intercom
    private(set) var askFirst: Bool
    private(set) var makesKeys: Bool
    private(set) var takesLinks: Bool
    private(set) var notes: [HomeNote]
    private(set) var doors: [DoorModel]

    init(_ home: IntercomHome) {
        id = home.intercom.id
        intercom = home.intercom
        askFirst = home.askFirst
        makesKeys = home.makesKeys
        takesLinks = home.takesLinks
        notes = home.notes
        doors = home.doors.map(DoorModel.init)
    }

    /// Takes over what is different.
    func show(_ home: IntercomHome) {
        if intercom != home.intercom { intercom = home.intercom }
        if askFirst != home.askFirst { askFirst = home.askFirst }
        if makesKeys != home.makesKeys { makesKeys = home.makesKeys }
        if takesLinks != home.takesLinks { takesLinks = home.takesLinks }
        if notes != home.notes { notes = home.notes }
        if doors.map(\.door) != home.doors.map(\.door) { doors = home.doors.map(DoorModel.init) }
        for (model, door) in zip(doors, home.doors) { model.show(door) }
    }
}

/// A door's button.
@MainActor @Observable final class DoorModel: Identifiable {
    nonisolated let door: Door
    private(set) var name: String
    /// The key it stands for: a press opens with that.
    private(set) var key: String?
    /// Its name, where that is not plain.
    private(set) var keyName: String?
    private(set) var tap: Tap
    @ObservationIgnored private var waiting: Task<Void, Never>?

    init(_ door: DoorButton) {
        self.door = door.door
        name = door.name
        key = door.key
        keyName = door.keyName
        tap = door.tap
    }

    func show(_ new: DoorButton) {
        if name != new.name { name = new.name }
        waiting?.cancel()
        waiting = nil
        // The core says how old a step must be before it is drawn.
        if new.tap.afterMs > 0 && tap.look != new.tap.look {
            waiting = Task { [weak self] in
                guard (try? await Task.sleep(for: .milliseconds(new.tap.afterMs))) != nil else { return }
                self?.take(new)
            }
        } else {
            take(new)
        }
    }

    private func take(_ new: DoorButton) {
        if tap != new.tap { tap = new.tap }
        if key != new.key { key = new.key }
        if keyName != new.keyName { keyName = new.keyName }
    }
}
