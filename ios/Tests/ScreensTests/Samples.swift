import PhoneinCore

@testable import Screens

/// What the core says, for states a test does not bring about.
enum Sample {
    static func told(_ title: String, _ detail: String = "") -> Told {
        Told(title: title, detail: detail, sentence: "\(title) \(detail).")
    }

    static func tap(_ state: TapState, _ title: String, _ detail: String = "", spoken: String? = nil) -> Tap {
        let words = spoken ?? (detail.isEmpty ? title : "\(title). \(detail).")
        return Tap(door: .entrance, state: state, title: title, detail: detail, spoken: words)
    }

    static let idle = tap(.idle, "Press to activate key")
    static let open = tap(
        .opened(seconds: 5, by: .bluetooth), "Key active", "5 seconds left", spoken: "Entrance open, 5 seconds")

    /// Every state of a button, in the core's words.
    static let taps: [(name: String, tap: Tap)] = [
        ("idle", idle), ("searching", tap(.searching, "Searching…")), ("connecting", tap(.connecting, "Connecting…")),
        ("asking", tap(.asking, "Asking the intercom…")), ("open", open),
        (
            "not-yet",
            tap(.refused(refusal: .notYet(opens: nil), opens: nil), "Not open yet", "Opens at 14:00, in 12 minutes")
        ),
        ("used-up", tap(.refused(refusal: .usedUp, opens: nil), "This key is used up", "Ask for more uses")),
        ("deleted", tap(.refused(refusal: .deleted, opens: nil), "This key was deleted")),
        ("taken", tap(.refused(refusal: .taken, opens: nil), "Another phone has this key")),
        (
            "fault",
            tap(.refused(refusal: .doorFault, opens: nil), "The door did not react", "Tell who gave you the key")
        ),
        ("bluetooth-off", unreachable(.bluetoothOff, "Bluetooth is off", "Turn on Bluetooth", .bluetoothSettings)),
        (
            "bluetooth-denied",
            unreachable(.bluetoothDenied, "Bluetooth is not allowed", "Allow it in the settings", .permission)
        ),
        ("no-address", unreachable(.noAddress, "No network address is known", "Give its address", .address)),
        ("not-near", unreachable(.notNear, "Not near the door", "", .none)),
        ("no-answer", tap(.noAnswer, "No answer", "It may have opened, it will not any more")),
        ("stranger", tap(.stranger, "A Phonein answered that does not know this phone")),
        ("interrupted", tap(.settled(how: .interrupted), "Interrupted")),
        ("never-arrived", tap(.settled(how: .neverArrived), "It never arrived")),
        ("cancelled", tap(.cancelled, "Cancelled")),
    ]

    private static func unreachable(_ fault: PathFault, _ title: String, _ detail: String, _ way: Way) -> Tap {
        let path = FailedPath(by: .bluetooth, fault: fault, told: told(title, detail), way: way)
        return tap(.unreachable(paths: [path]), "Not reached", "Nothing was sent: the door stays shut")
    }

    static let intercom = Intercom(id: "1", name: "Home", isManager: true, fingerprint: "4F2A 91C7 0B3E D8A5")

    /// A resident's place with both doors.
    static func resident(_ entrance: Tap = idle, inner: Tap = idle, notes: [HomeNote] = []) -> IntercomHome {
        let other = Tap(
            door: .inner, state: inner.state, title: inner.title, detail: inner.detail, spoken: inner.spoken)
        let doors = [
            DoorButton(door: .entrance, name: "Entrance", tap: entrance),
            DoorButton(door: .inner, name: "Inner door", tap: other),
        ]
        return IntercomHome(intercom: intercom, opensBy: .manager, doors: doors, makesKeys: true, notes: notes)
    }

    /// A guest's, with one key to the entrance, or to both doors.
    static func guest(_ entrance: Tap = idle, hasInner: Bool = false) -> IntercomHome {
        let key = KeyChip(id: "7", name: "Cleaner", category: .services)
        let inner = DoorButton(door: .inner, name: "Inner door", tap: idle)
        let doors = [DoorButton(door: .entrance, name: "Entrance", tap: entrance)] + (hasInner ? [inner] : [])
        return IntercomHome(intercom: intercom, opensBy: .key(key: key), doors: doors, makesKeys: false, notes: [])
    }

    static let notes = [
        HomeNote(title: "2 changes wait for the intercom", detail: "Will be delivered at the door", action: .none),
        HomeNote(title: "Which clock is right?", detail: "", action: .answerClock),
        HomeNote(title: "Cleaner was overtaken", detail: "", action: .key(key: "7")),
        HomeNote(title: "Béla is no manager any more", detail: "", action: .dismiss(note: "3")),
    ]
}
