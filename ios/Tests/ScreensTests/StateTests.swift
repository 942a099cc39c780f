import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// Every state of every screen, as words.
@MainActor @Suite(.timeLimit(.minutes(2))) struct StateTests {
    let phone: Phone
    var core: Phonein { phone.core }

    init() async throws {
        phone = try await Phone()
    }

    private func draw(_ view: some View, size: DynamicTypeSize = .large) -> Screen {
        let words = Words { [core] in core.label(label: $0) }
        return Screen(
            NavigationStack { view }.environment(Navigation()).environment(\.words, words)
                .environment(\.dynamicTypeSize, size))
    }

    private var home: HomeModel { HomeModel(phonein: core, presence: .always) }

    @Test func everyStateOfTheEntrance() throws {
        for (name, tap) in Sample.taps {
            let screen = draw(List { Stage(model: home, place: PlaceModel(Sample.resident(tap))) })
            try expectOutline(screen, "Home/entrance-\(name)")
        }
    }

    @Test func theInnerDoorAndAGuestsKey() throws {
        let inner = PlaceModel(Sample.resident(inner: Sample.open))
        try expectOutline(draw(List { Stage(model: home, place: inner) }), "Home/inner-open")
        try expectOutline(draw(List { Stage(model: home, place: PlaceModel(Sample.guest())) }), "Home/guest")
        let both = PlaceModel(Sample.guest(hasInner: true))
        try expectOutline(draw(List { Stage(model: home, place: both) }), "Home/guest-both")
        let large = draw(List { Stage(model: home, place: PlaceModel(Sample.resident())) }, size: .accessibility3)
        try expectOutline(large, "Home/large")
    }

    @Test func notes() throws {
        let place = PlaceModel(Sample.resident(notes: Sample.notes))
        try expectOutline(draw(List { Notes(notes: place.notes, place: place.id) { _ in } }), "Home/notes")
        let setAside = HomeNote(
            title: "The wallet was damaged", detail: "Nothing was deleted", action: .none, actionWords: nil,
            dismissal: "set-aside")
        try expectOutline(draw(WelcomeScreen(notes: [setAside]) { _ in }), "Welcome/set-aside")
    }

    @Test func keysOfEveryStatus() throws {
        let model = KeysModel(phonein: core)
        let section = { KeysSection(model: model, home: home, deletion: DeleteModel(phonein: core), takesLinks: $0) }
        let list = { draw(List { section(false) }) }
        try expectOutline(list(), "Keys/loading")
        model.keys.show([], empty: Sample.empty(.nothing, "No keys yet", "Create a new access key"))
        try expectOutline(list(), "Keys/none")
        model.keys.show([], empty: Sample.empty(.noneSent, "No keys yet", "Paste the link you were sent"))
        try expectOutline(list(), "Keys/none-guest")
        model.keys.show([], empty: Sample.empty(.noMatch, "No key found", "Try how the name begins"))
        try expectOutline(list(), "Keys/no-match")
        model.keys.show(Sample.rows + [Sample.guestsRow])
        try expectOutline(list(), "Keys/each")
        model.keys.show([Sample.guestsRow])
        try expectOutline(draw(List { section(true) }), "Keys/guest")
    }

    @Test func aKeysPage() throws {
        let model = KeyModel(phonein: core, key: "7")
        let waiting = "Will be delivered near the door"
        let page = { draw(KeyPage(model: model, deletion: DeleteModel(phonein: core), id: "7")) }
        try expectOutline(page(), "Key/loading")
        model.show(Sample.details())
        try expectOutline(page(), "Key/held")
        model.show(Sample.details(Sample.guestsRow, isHearsay: true, delivery: "Not yours yet"))
        try expectOutline(page(), "Key/guest")
        model.show(Sample.details(Sample.rows[4], delivery: waiting))
        try expectOutline(page(), "Key/waiting")
        model.show(Sample.details(Sample.rows[8], overtaken: Sample.overtaken, delivery: waiting))
        try expectOutline(page(), "Key/overtaken")
        model.show(Sample.details(Sample.rows[11], delivery: "Deleted here"))
        try expectOutline(page(), "Key/deleted")
    }

    @Test func activity() throws {
        let model = ActivityModel(phonein: core)
        let list = { draw(List { ActivitySections(model: model) }.modifier(EntryDetails(model: model))) }
        try expectOutline(list(), "Activity/loading")
        model.entries.show([], empty: Sample.noActivity)
        try expectOutline(list(), "Activity/none")
        model.show(Sample.choices)
        model.entries.show(Sample.entries)
        try expectOutline(list(), "Activity/each")
        model.details = Sample.entries[6]
        try expectOutline(list(), "Activity/details")
    }

    @Test func settings() throws {
        let model = SettingsModel(phonein: core, intercom: "1")
        let page = { draw(SettingsPage(model: model)) }
        try expectOutline(page(), "Settings/loading")
        model.show(Sample.settings())
        try expectOutline(page(), "Settings/manager")
        model.show(
            Sample.settings(innerDoor: nil, clock: Sample.differs, waiting: 2, strangers: "12 strangers were refused"))
        try expectOutline(page(), "Settings/waiting")
        model.show(Sample.settings(isManager: false))
        try expectOutline(page(), "Settings/guest")
        model.type(.name)
        try expectOutline(page(), "Settings/name")
        model.type(.address)
        try expectOutline(page(), "Settings/address")
    }

    @Test func theClock() throws {
        let model = ClockModel(phonein: core, intercom: "1")
        model.show(Sample.settings())
        try expectOutline(draw(ClockPage(model: model)), "Settings/clock")
        model.show(Sample.settings(clock: Sample.differs))
        try expectOutline(draw(ClockPage(model: model)), "Settings/clock-asks")
    }

    @Test func managers() throws {
        let model = ManagersModel(phonein: core, intercom: "1")
        model.show(Sample.settings())
        try expectOutline(draw(ManagersPage(model: model)), "Managers/managers")
        model.candidate = Sample.rows[1]
        try expectOutline(draw(ManagersPage(model: model)), "Managers/candidate")
        model.candidate = nil
        let keys = [
            ManagerKey(id: "7", name: "Cleaner", statusWords: "On Béla's phone", proposeDelete: false),
            ManagerKey(id: "8", name: "Friends", statusWords: "Shared, not accepted yet", proposeDelete: true),
        ]
        let removal = ManagerRemoval(question: Sample.told("Remove Béla?", "Keep or delete their keys"), keys: keys)
        model.leaving = Leaving(manager: "b", removal: removal, deleted: ["8"])
        try expectOutline(draw(ManagersPage(model: model)), "Managers/leaving")
    }

    @Test func aWalletThatCannotBeOpened() async throws {
        let fault = WalletError.TooNew(told: Sample.told("This wallet is of a newer app", "Update the app"))
        let screen = Screen(AppScreen(presence: .always, navigation: Navigation()) { try await refuse(fault) })
        try expectOutline(screen, "App/opening")
        try await screen.wait(for: "newer app")
        try expectOutline(screen, "App/fault")
    }
}

/// A core that cannot be opened.
private func refuse(_ fault: WalletError) async throws -> Phonein { throw fault }
