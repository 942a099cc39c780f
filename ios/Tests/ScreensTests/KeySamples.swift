import PhoneinCore

@testable import Screens

extension Sample {
    static func row(
        _ name: String, _ category: KeyCategory?, _ words: String, _ status: KeyStatus, _ statusWords: String,
        _ sign: Sign = .key, _ meaning: Meaning = .active, opens: Bool = false, isManaged: Bool = true
    ) -> KeyRow {
        KeyRow(
            id: name, intercom: "1", name: name, category: category, categoryWords: words, status: status,
            statusWords: statusWords, sign: sign, meaning: meaning, menuWords: "\(name), What to do with this key",
            isManaged: isManaged, isHeld: !isManaged, opens: opens ? .entrance : nil,
            offers: isManaged ? offers(status) : [.remove])
    }

    private static func offers(_ status: KeyStatus) -> [KeyOffer] {
        switch status {
        case .deletedWaiting: []
        case .overtaken: [.delete]
        default: [.edit, .share, .delete]
        }
    }

    /// One of each status.
    static let rows = [
        row("Food Delivery", .delivery, "Delivery", .active, "Active", opens: true),
        row("Cleaner", .services, "Services", .held(person: "Béla"), "On Béla's phone", .phone, opens: true),
        row("Flat 42", .renter, "Renter", .shared, "Shared, not accepted yet", .share, .working, opens: true),
        row("Garden party", .event, "Event", .upcoming(starts: 0), "From Oct 16", .clock, .upcoming),
        row("Office", .employee, "Employee", .waiting, "Waiting for the intercom", .arrows, .working, opens: true),
        row("Friends", .friend, "Friend", .used, "Used", .cross, .used),
        row("Viewing", .customer, "Customer", .expired, "Expired", .cross, .used),
        row("Gardener", .services, "Services", .outside(opens: 0), "Opens at 14:00, in 12 minutes", .clock, .upcoming),
        row("Dog walker", .services, "Services", .overtaken, "Overtaken by another manager", .alert, .refused),
        row("Grandmother", .friend, "Friend", .shareAgain, "Needs to be shared again", .alert, .refused),
        row("Lent", .friend, "Friend", .taken, "Another phone has it", .alert, .refused),
        row("Old tenant", nil, "", .deletedWaiting, "Deleted, waiting for the intercom", .bin, .working),
    ]

    static let guestsRow = row("Guest", .services, "Services", .active, "Active", opens: true, isManaged: false)

    private static let managersFacts = [
        Fact(sign: .phone, words: "On Béla's phone", more: ""), Fact(sign: .people, words: "Made by Cecília", more: ""),
        Fact(sign: .entrance, words: "Entrance: used 2 times", more: ""),
        Fact(sign: .innerDoor, words: "Inner door: not used yet", more: ""),
    ]

    static let atIntercom = "At the intercom"

    static func details(
        _ row: KeyRow = rows[1], overtaken: Overtaken? = nil, isHearsay: Bool = false,
        delivery: String = atIntercom
    ) -> KeyDetails {
        KeyDetails(
            row: row, sentence: "Your key is valid every Wednesday from 10:00 to 14:00", isHearsay: isHearsay,
            deliveryWords: row.isManaged || delivery != atIntercom ? delivery : "", isDelivered: delivery == atIntercom,
            facts: (row.isManaged ? managersFacts : [])
                + [Fact(sign: .message, words: "The mop is behind the door.", more: "")],
            overtaken: overtaken,
            locked: nil, deleteQuestion: told("Delete “Cleaner”?", "It stops opening the door for Béla"),
            deleteWords: row.isManaged ? "DELETE" : "REMOVE",
            moreUses: nil)
    }

    static let overtaken = Overtaken(
        told: told("Cecília changed this key meanwhile", "Keep mine puts your version in place of theirs"),
        mineWords: "Yours: This key will be valid forever", theirsWords: "Theirs: valid until Thursday")

    static func settings(
        isManager: Bool = true, innerDoor: Bool? = true, clock: ClockReading? = nil, waiting: Int32 = 0,
        strangers: String? = nil
    ) -> IntercomSettings {
        IntercomSettings(
            intercom: Intercom(id: "1", name: "Home", isManager: isManager, fingerprint: "4F2A 91C7 0B3E D8A5"),
            innerDoor: isManager ? innerDoor : nil, zone: "Europe/Budapest",
            zoneWords: "Europe/Budapest, same as this phone",
            clockWords: clock?.title ?? "Europe/Budapest, same as this phone", clock: clock,
            managers: [
                Manager(id: "a", name: "Anna (this phone)", isThisPhone: true),
                Manager(id: "b", name: "Béla", isThisPhone: false),
            ],
            candidates: [rows[1]], address: "http://192.168.1.40",
            addressWords: "http://192.168.1.40", paths: .both, askFirst: false,
            changesWords: waiting == 0 ? "All changes are at the intercom" : "\(waiting) changes wait for the intercom",
            changesSign: waiting == 0 ? .check : .arrows, heardWords: "Last heard today at 10:21 over Bluetooth",
            strangersWords: strangers)
    }

    static let differs = ClockReading(
        title: "The intercom's clock shows 12:22, this phone 10:22", detail: "Use this phone's time, or leave it",
        asks: true)

    static func entry(
        _ kind: ActivityKind, _ sign: Sign, _ meaning: Meaning, _ title: String, day: String = "Today",
        mayGiveBack: Bool = false
    ) -> ActivityEntry {
        ActivityEntry(
            id: title, intercom: "1", place: "Home", kind: kind, sign: sign, meaning: meaning, day: day,
            time: "10:22", title: title, line: "Cleaner · Bluetooth", reason: kind == .refused ? "Not open yet" : "",
            facts: [
                Fact(sign: .clock, words: day, more: "10:22"),
                Fact(sign: .intercom, words: "Home", more: "Cleaner · Bluetooth"),
                Fact(sign: .people, words: "Béla", more: ""), Fact(sign: .key, words: "Cleaner", more: ""),
            ], person: "Béla",
            keyName: "Cleaner",
            key: "7", door: .entrance, via: .bluetooth, mayGiveBack: mayGiveBack)
    }

    /// One of each kind.
    static let entries = [
        entry(.opened, .entranceOpen, .active, "Entrance opened"), entry(.refused, .bar, .refused, "Entrance refused"),
        entry(.accepted, .phone, .working, "Key accepted"), entry(.changed, .pencil, .working, "Key changed"),
        entry(.paired, .people, .working, "Phone paired"),
        entry(.device, .intercom, .used, "Clock set", day: "Yesterday"),
        entry(.interrupted, .question, .used, "Interrupted", day: "Yesterday", mayGiveBack: true),
        entry(.fault, .alert, .refused, "The door did not react", day: "Yesterday"),
        entry(.unanswered, .noSignal, .used, "No answer", day: "Yesterday"),
        entry(.unknown, .question, .used, "Something new", day: "Oct 10"),
    ]

    /// What the list can be cut down to.
    static let choices = [
        ShowChoice(show: .all, words: "All"), ShowChoice(show: .opened, words: "Opened"),
        ShowChoice(show: .refused, words: "Refused"), ShowChoice(show: .keys, words: "Keys"),
    ]
}
