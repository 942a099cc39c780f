import Foundation
import PhoneinCore
import Testing

/// What managers do with an intercom, with keys and with each other.
@Suite(.timeLimit(.minutes(2))) struct ManagersTests {
    @Test func settingsChangeOneAtATime() async throws {
        let intercom = try await IntercomProcess("--inner-door")
        let anna = try await Phone()
        let home = try await anna.pair(intercom, as: "Anna")
        try await anna.core.sync()
        let changes: [SettingsChange] = [
            .innerDoor(on: false), .zone(zone: "Europe/London"), .address(address: intercom.url),
            .paths(paths: PathChoice.network), .askFirst(on: true),
        ]
        for change in changes { try await anna.core.changeSettings(intercom: home, change: change) }
        try await anna.core.renameIntercom(id: home, name: "  The  flat ")
        let settings: IntercomSettings = try await anna.core.settings(intercom: home)
        #expect(settings.innerDoor == false && settings.zone == "Europe/London" && settings.intercom.name == "The flat")
        #expect(settings.paths == .network && settings.askFirst)
        #expect(settings.clockWords == settings.zoneWords && settings.addressWords == intercom.url)
        #expect(try await anna.core.zoneNames().contains("Europe/London"))
        #expect(try await anna.core.zoneNames(search: "new york") == ["America/New_York"])
        let door: QuickDoor? = try await anna.core.quickDoor()
        #expect(door?.intercom.id == home && door?.door == .entrance && door?.askFirst == true)
        #expect(try await anna.core.quickDoor(intercom: "17") == nil, "no other door opens in its place")
    }

    @Test func aClockThatDiffersIsAskedAbout() async throws {
        let intercom = try await IntercomProcess("--clock", "given")
        try await intercom.ask("clock", "now")
        let anna = try await Phone()
        let home = try await anna.pair(intercom, as: "Anna")
        try await intercom.ask("clock", "+7200")
        try await anna.core.sync()
        let clock: ClockReading = try #require(try await anna.core.settings(intercom: home).clock)
        #expect(clock.asks)
        #expect(try await anna.core.settings(intercom: home).clockWords == clock.title)
        let note: HomeNote = try #require(try await anna.core.home().intercoms.first?.notes.first)
        #expect(note.action == NoteAction.answerClock)
        try await anna.core.answerClock(intercom: home, useThisPhone: true)
        try await anna.core.sync()
        #expect(try await anna.core.settings(intercom: home).clock == nil)
    }

    @Test func theHolderOfAKeyBecomesAManagerAndTwoMeetAtOneKey() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela) = (try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: "Anna")
        let (key, text) = try await anna.make("Béla's", at: home)
        _ = try await bela.accept(text, as: "Béla")
        _ = try await anna.row(key)
        try await anna.core.addManager(key: key)
        try await bela.core.sync()

        let (shared, _) = try await anna.make("Post", at: home)
        try await anna.core.sync()
        try await bela.core.sync()
        let theirs = try #require(try await bela.core.keys(search: "post").keys.first)
        _ = try await bela.core.deleteKey(id: theirs.id)
        let wizard = try await anna.core.editKey(id: shared)
        wizard.setName(name: "Mail")
        _ = try await wizard.save()
        try await anna.core.sync()
        let details = try await anna.core.key(id: shared)
        let held = try await anna.core.key(id: key)
        #expect(!details.isDelivered && held.isDelivered)
        let overtaken: Overtaken = try #require(details.overtaken)
        #expect(overtaken.theirsWords == nil)
        #expect(try await anna.core.resolve(id: shared, keep: Keep.mine) != shared, "deleted there: a new key")

        let managers: [Manager] = try await anna.core.settings(intercom: home).managers
        let other = try #require(managers.first { !$0.isThisPhone })
        let removal: ManagerRemoval = try await anna.core.managerRemoval(intercom: home, manager: other.id)
        let first: ManagerKey = try #require(removal.keys.first)
        #expect(removal.question.title == "Remove Béla?" && !first.proposeDelete)
        try await anna.core.removeManager(intercom: home, manager: other.id, deleteKeys: [])
        #expect(try await anna.core.settings(intercom: home).managers.count == 1)
    }

    @Test func aKeyIsCopiedGivenToANewPhoneAndTakenBack() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela, new) = (try await Phone(), try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: "Anna")
        let (key, text) = try await anna.make("Friends", at: home)
        let (mine, there) = try await bela.accept(text, as: "Béla")
        _ = try await anna.row(key)
        let copy = try await anna.core.copyKey(id: key)
        #expect(try await anna.row(copy)?.name == "Friends (2)")
        try await anna.core.reissue(id: key)
        let again: Share = try await anna.core.share(id: key)
        let qr: QrModules = again.qr
        #expect(qr.dark.first == QrStretch(x: 4, y: 4, length: 7))
        try await anna.core.sync()
        guard case TapState.refused(refusal: Refusal.taken, _) = try await bela.press(there).state else {
            Issue.record("the old phone still opens")
            return
        }
        _ = try await new.accept(again.link, as: "Béla")
        #expect(try await anna.core.deleteKey(id: key) == "Deleted. The door knows")
        #expect(try await bela.core.deleteKey(id: mine) == nil, "it was only sent there")
        let friends = KeyFilter(category: .friend)
        let page: KeyPage = try await bela.core.keys(filter: friends)
        #expect(page.keys == [])
    }

    @Test func aSecondManagerIsANoteUntilItIsDismissed() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela) = (try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: "Anna")
        try await anna.core.sync()
        try await intercom.holdButton()
        let there = try await bela.pair(intercom, as: "Béla")
        try await anna.core.sync()
        let note = try #require(try await anna.core.home().intercoms.first?.notes.first)
        #expect(note.action == .managers && note.actionWords == "Managers")
        try await anna.core.dismiss(note: try #require(note.dismissal))
        #expect(try await anna.core.home().intercoms.first?.notes == [])
        try await bela.core.sync()
        let forgetting: Forgetting = try await bela.core.forgetting(id: there)
        #expect(!forgetting.isLastManager)
        #expect(try await bela.core.forgetIntercom(id: there) == nil)
        try await anna.core.sync()
        #expect(try await anna.core.forgetting(id: home).isLastManager)
    }
}
