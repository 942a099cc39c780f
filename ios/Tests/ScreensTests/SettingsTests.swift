import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// Settings, managers and My Locations, with a real intercom.
@MainActor @Suite(.timeLimit(.minutes(3))) struct SettingsTests {
    let anna: Walk
    var screen: Screen { anna.screen }

    init() async throws {
        anna = try await Walk.resident("--inner-door")
    }

    @Test func theNameAndTheInnerDoorAreChanged() async throws {
        try screen.press("Settings")
        try await screen.wait(for: "Fingerprint")
        try await screen.wait(for: "All changes are at the intercom")
        try screen.press("Name, Home")
        try screen.type("Flat", into: "Name")
        try screen.press("SAVE")
        try await screen.wait(for: "Name, Flat")
        try screen.turn("Inner door, When off, keys to it are refused", on: false)
        try await screen.wait(for: "toggle \"Inner door, When off, keys to it are refused\" = off")
        try screen.pick("Only the network", from: "Bluetooth and network")
        try await screen.wait(for: "picker \"Bluetooth and network\" = \"Only the network\"")
        try screen.press("Back")
        try await screen.wait(for: "title \"Flat\"")
    }

    @Test func anAddressThatIsNoneIsSaidBesideItsField() async throws {
        try screen.press("Settings")
        try await screen.wait(for: "Fingerprint")
        try screen.press("Address, \(anna.intercoms[0].url)")
        try screen.type("no address", into: "Network address")
        try screen.press("SAVE")
        try await screen.wait(for: "(exclamationmark.triangle)")
        try screen.press("CANCEL")
    }

    /// Somebody at an intercom that asks first who presses.
    private func asking(_ answer: Presence.Answer) async throws -> Walk {
        let somebody = try await Walk.resident()
        try somebody.screen.press("Settings")
        try await somebody.screen.wait(for: "Fingerprint")
        try somebody.screen.turn("Ask before a door opens, By face or fingerprint", on: true)
        try await somebody.screen.wait(for: "\"Ask before a door opens, By face or fingerprint\" = on")
        let again = somebody.again(Presence { _ in answer })
        try await again.screen.wait(for: "Press to activate key")
        try again.screen.press("Entrance")
        return again
    }

    @Test func aDoorThatAsksFirstStaysShutForAnybodyElse() async throws {
        let somebody = try await asking(.declined)
        try await Task.sleep(for: .milliseconds(500))
        #expect(!somebody.screen.outline.contains("Entrance opened"))
    }

    @Test func aDoorThatAsksFirstOpensForItsPerson() async throws {
        let somebody = try await asking(.confirmed)
        try await somebody.screen.wait(for: "Key active")
    }

    @Test func aPhoneThatCannotKnowItsPersonAsksWhetherTheDoorShallOpen() async throws {
        let somebody = try await asking(.impossible)
        try await somebody.screen.wait(for: "dialog")
        try expectOutline(somebody.screen, "Home/without-lock", only: "dialog \"\(question)\"")
        #expect(!somebody.screen.outline.contains("Key active"))
        try somebody.screen.press("Open the door")
        try await somebody.screen.wait(for: "Key active")
    }

    private var question: String { anna.phone.core.label(label: .askWithoutLock) }

    @Test func theZoneIsChosen() async throws {
        try screen.press("Settings")
        try await screen.wait(for: "Fingerprint")
        try screen.press(try #require(screen.nodes.all.first { $0.kind == "link" }?.name))
        try await screen.wait(for: "button \"Europe/Budapest\"")
        try screen.type("tokyo", into: "Search time zones")
        try await screen.wait(without: "button \"Europe/Budapest\"")
        try screen.press("Asia/Tokyo")
        try await screen.wait(for: "button \"Asia/Tokyo\" (checkmark) selected")
        try screen.type("nowhere", into: "Search time zones")
        try await screen.wait(for: "No time zone has this name")
    }

    @Test func aHolderBecomesAManagerAndIsRemoved() async throws {
        let bela = try await Walk()
        try await anna.make("Béla")
        try await screen.wait(for: "share \"SHARE\"")
        try await bela.accept(try anna.shared(), as: "Béla")
        try screen.press("DONE")
        await screen.pullToRefresh()
        try screen.press("Settings")
        try await screen.wait(for: "Fingerprint")
        try screen.press(try #require(screen.nodes.all.filter { $0.kind == "link" }.last?.name))
        try await screen.wait(for: "MAKE MANAGER")
        try screen.press("MAKE MANAGER")
        try await screen.wait(for: "dialog")
        try screen.press("MAKE MANAGER")
        try await screen.wait(for: "Remove")
        await bela.screen.pullToRefresh()
        try await bela.screen.wait(for: "NEW KEY")

        try screen.press("Remove")
        try await screen.wait(for: "sheet")
        try screen.pick("DELETE", from: "Béla")
        try screen.press("REMOVE")
        try await screen.wait(without: "sheet")
        try await screen.wait(without: "Remove")
    }

    @Test func whatWentWrongWithARemovalGoesWithItsQuestion() async throws {
        let model = ManagersModel(phonein: anna.phone.core, intercom: "17")
        let removal = ManagerRemoval(question: Sample.told("Remove Béla?"), keys: [])
        model.leaving = Leaving(manager: "b", removal: removal, deleted: [])
        let page = Screen(ManagersPage(model: model))
        await model.remove()
        #expect(model.leaving != nil && page.outline.contains("(exclamationmark.triangle)"))
        try page.pullDown()
        #expect(!page.outline.contains("(exclamationmark.triangle)"))
    }

    @Test func theLastManagerIsToldWhatRemovingMeans() async throws {
        try screen.press("Settings")
        try await screen.wait(for: "Fingerprint")
        try screen.press("Remove this intercom")
        try await screen.wait(for: "dialog")
        try expectOutline(screen, "Settings/remove", only: "dialog \"Remove this intercom\"")
        try screen.press("REMOVE")
        try await screen.wait(for: "Welcome to Phonein")
    }

    @Test func severalIntercomsAreChosenInMyLocationsAndInTheTitle() async throws {
        let office = try await IntercomProcess()
        try screen.press("My Locations")
        try await screen.wait(for: "button \"Home\"")
        try expectOutline(screen, "Locations/one")
        try await anna.add(office, as: "Anna", name: "Office")
        try screen.press("Home", in: "title menu")
        try await screen.wait(for: "title \"Home\"")
        try screen.press("My Locations")
        try await screen.wait(for: "button \"Office\"")
        try screen.press("Office")
        try await screen.wait(for: "title \"Office\"")
        try await screen.wait(for: "Press to activate key")
        #expect(!screen.outline.contains("INNER DOOR"))
    }

    @Test func homeStandsWhereItStoodWhenTheAppWasLeft() async throws {
        let core = anna.phone.core
        let home = try #require(try await core.home().intercoms.first?.intercom.id)
        try screen.press("My Locations")
        try await anna.add(try await IntercomProcess(), as: "Anna", name: "Office")
        try screen.press("Home", in: "title menu")
        try await screen.wait(for: "title \"Home\"")
        for _ in 0..<1_000 where try await core.home().place != home { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await core.home().intercoms.map(\.intercom.name) == ["Office", "Home"])
        let again = Walk(on: anna.phone, core: try await Phone.start(in: anna.phone.directory))
        try await again.screen.wait(for: "INNER DOOR")
        #expect(again.screen.outline.contains("title \"Home\""))
    }
}
