import PhoneinCore

@testable import Screens

extension Sample {
    static func row(
        _ name: String, _ category: KeyCategory?, _ words: String, _ status: KeyStatus, _ statusWords: String,
        opens: Bool = false, isManaged: Bool = true
    ) -> KeyRow {
        KeyRow(
            id: name, intercom: "1", name: name, category: category, categoryWords: words, status: status,
            statusWords: statusWords, isManaged: isManaged, isHeld: !isManaged, opens: opens ? .entrance : nil,
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
        row("Cleaner", .services, "Services", .held(person: "Béla"), "On Béla's phone", opens: true),
        row("Flat 42", .renter, "Renter", .shared, "Shared, not accepted yet", opens: true),
        row("Garden party", .event, "Event", .upcoming(starts: 0), "From Oct 16"),
        row("Office", .employee, "Employee", .waiting, "Waiting for the intercom", opens: true),
        row("Friends", .friend, "Friend", .used, "Used"),
        row("Viewing", .customer, "Customer", .expired, "Expired"),
        row("Gardener", .services, "Services", .outside(opens: 0), "Opens at 14:00, in 12 minutes"),
        row("Dog walker", .services, "Services", .overtaken, "Overtaken by another manager"),
        row("Grandmother", .friend, "Friend", .shareAgain, "Needs to be shared again"),
        row("Lent", .friend, "Friend", .taken, "Another phone has it"),
        row("Old tenant", nil, "", .deletedWaiting, "Deleted, waiting for the intercom"),
    ]

    static let guestsRow = row("Guest", .services, "Services", .active, "Active", opens: true, isManaged: false)

    static let atIntercom = "At the intercom"

    static func details(
        _ row: KeyRow = rows[1], overtaken: Overtaken? = nil, isHearsay: Bool = false,
        delivery: String = atIntercom
    ) -> KeyDetails {
        KeyDetails(
            row: row, sentence: "Your key is valid every Wednesday from 10:00 to 14:00", isHearsay: isHearsay,
            deliveryWords: delivery, isDelivered: delivery == atIntercom,
            holderWords: row.isManaged ? "On Béla's phone" : nil,
            usesWords: ["Entrance: used 2 times", "Inner door: not used yet"], welcome: "The mop is behind the door.",
            makerWords: "Made by Cecília", claimWords: nil, overtaken: overtaken,
            locked: nil, deleteQuestion: told("Delete “Cleaner”?", "It stops opening the door for Béla"),
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
            innerDoor: innerDoor, zone: "Europe/Budapest", zoneWords: "Europe/Budapest, same as this phone",
            clockWords: clock?.title ?? "Europe/Budapest, same as this phone", clock: clock,
            managers: [
                Manager(id: "a", name: "Anna (this phone)", isThisPhone: true),
                Manager(id: "b", name: "Béla", isThisPhone: false),
            ],
            candidates: [rows[1]], address: "http://192.168.1.40",
            addressWords: "http://192.168.1.40", paths: .both, askFirst: false,
            changesWords: waiting == 0 ? "All changes are at the intercom" : "\(waiting) changes wait for the intercom",
            changesWaiting: waiting, heardWords: "Last heard today at 10:21 over Bluetooth", strangersWords: strangers)
    }

    static let differs = ClockReading(
        title: "The intercom's clock shows 12:22, this phone 10:22", detail: "Use this phone's time, or leave it",
        asks: true)

    static func entry(_ kind: ActivityKind, _ title: String, day: String = "Today", mayGiveBack: Bool = false)
        -> ActivityEntry
    {
        ActivityEntry(
            id: title, intercom: "1", place: "Home", kind: kind, day: day, time: "10:22", title: title,
            line: "Cleaner · Bluetooth", reason: kind == .refused ? "Not open yet" : "", person: "Béla",
            keyName: "Cleaner",
            key: "7", door: .entrance, via: .bluetooth, mayGiveBack: mayGiveBack)
    }

    /// One of each kind.
    static let entries = [
        entry(.opened, "Entrance opened"), entry(.refused, "Entrance refused"), entry(.accepted, "Key accepted"),
        entry(.changed, "Key changed"), entry(.paired, "Phone paired"), entry(.device, "Clock set", day: "Yesterday"),
        entry(.interrupted, "Interrupted", day: "Yesterday", mayGiveBack: true),
        entry(.fault, "The door did not react", day: "Yesterday"),
        entry(.unanswered, "No answer", day: "Yesterday"), entry(.unknown, "Something new", day: "Oct 10"),
    ]
}
