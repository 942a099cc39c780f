import PhoneinCore

@testable import Screens

/// What the core says, for states a test does not bring about.
enum Sample {
    static func told(_ title: String, _ detail: String = "") -> Told {
        Told(title: title, detail: detail, sentence: "\(title) \(detail).")
    }

    static func tap(_ state: TapState, _ title: String, _ detail: String = "", spoken: String? = nil) -> Tap {
        let words = spoken ?? (detail.isEmpty ? title : "\(title). \(detail).")
        let (look, sign, thirds) = looks(state)
        return Tap(
            door: .entrance, state: state, look: look, sign: sign, thirds: thirds, afterMs: look == .working ? 300 : 0,
            title: title, detail: detail, spoken: words)
    }

    private static func looks(_ state: TapState) -> (TapLook, Sign, Int32) {
        switch state {
        case .idle, .cancelled: (.idle, .entrance, 0)
        case .searching: (.working, .entrance, 1)
        case .connecting: (.working, .entrance, 2)
        case .asking: (.working, .entrance, 3)
        case .opened: (.open, .entranceOpen, 0)
        case .refused(.notYet, _): (.refused, .clock, 0)
        case .refused(.usedUp, _): (.refused, .cross, 0)
        case .refused(.deleted, _): (.refused, .bin, 0)
        case .refused(.taken, _): (.refused, .phone, 0)
        case .refused: (.refused, .bar, 0)
        case .unreachable, .settled(.neverArrived): (.unreachable, .noSignal, 0)
        case .noAnswer, .stranger, .settled: (.unsure, .question, 0)
        }
    }

    static let idle = tap(.idle, "Press to activate key")
    static let open = tap(
        .opened(seconds: 5, of: 5, by: .bluetooth), "Key active", "5 seconds left", spoken: "Entrance open, 5 seconds")

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
        let path = FailedPath(by: .bluetooth, fault: fault, told: told(title, detail), way: way, wayWords: words(way))
        return tap(.unreachable(paths: [path]), "Not reached", "Nothing was sent: the door stays shut")
    }

    private static func words(_ way: Way) -> String? {
        switch way {
        case .bluetoothSettings: "Turn on Bluetooth"
        case .permission: "Allow"
        case .address: "Change address"
        default: nil
        }
    }

    static let intercom = Intercom(id: "1", name: "Home", isManager: true, fingerprint: "4F2A 91C7 0B3E D8A5")

    /// A resident's place with both doors.
    static func resident(_ entrance: Tap = idle, inner: Tap = idle, notes: [HomeNote] = []) -> IntercomHome {
        let doors = [
            DoorButton(door: .entrance, name: "Entrance", key: nil, keyName: nil, tap: entrance),
            innerDoor(inner),
        ]
        return IntercomHome(
            intercom: intercom, opensBy: .manager, doors: doors, askFirst: false, makesKeys: true, takesLinks: false,
            notes: notes)
    }

    /// At rest it has no words beside the entrance.
    private static func innerDoor(_ tap: Tap, key: String? = nil) -> DoorButton {
        let tap = Tap(
            door: .inner, state: tap.state, look: tap.look,
            sign: tap.sign == .entrance ? .innerDoor : tap.sign == .entranceOpen ? .innerDoorOpen : tap.sign,
            thirds: tap.thirds, afterMs: tap.afterMs, title: tap.look == .idle ? "" : tap.title, detail: tap.detail,
            spoken: tap.spoken)
        return DoorButton(door: .inner, name: "Inner door", key: key, keyName: nil, tap: tap)
    }

    /// A guest's, with one key to the entrance, or to both doors.
    static func guest(_ entrance: Tap = idle, hasInner: Bool = false, askFirst: Bool = false) -> IntercomHome {
        let key = KeyChip(id: "7", name: "Cleaner", category: .services)
        let name = entrance.look == .idle ? key.name : nil
        let doors =
            [DoorButton(door: .entrance, name: "Entrance", key: key.id, keyName: name, tap: entrance)]
            + (hasInner ? [innerDoor(idle, key: key.id)] : [])
        return IntercomHome(
            intercom: intercom, opensBy: .key(key: key), doors: doors, askFirst: askFirst, makesKeys: false,
            takesLinks: true, notes: [])
    }

    static let notes = [
        note("2 changes wait for the intercom", "Will be delivered at the door"),
        note("Which clock is right?", "", .answerClock, "Settings"),
        note("Cleaner was overtaken", "", .key(key: "7"), "Details"),
        note("Béla is a manager again", "", .managers, "Managers", dismissal: "3"),
    ]

    static func empty(_ why: EmptyWhy, _ title: String, _ detail: String) -> EmptyList {
        EmptyList(why: why, sign: why == .noMatch ? .glass : .key, title: title, detail: detail)
    }

    static let noActivity = EmptyList(
        why: .nothing, sign: .clock, title: "Nothing happened yet", detail: "Who came shows here")

    private static func note(
        _ title: String, _ detail: String = "", _ action: NoteAction = .none, _ words: String? = nil,
        dismissal: String? = nil
    ) -> HomeNote {
        HomeNote(title: title, detail: detail, action: action, actionWords: words, dismissal: dismissal)
    }
}
