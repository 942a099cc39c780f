import Foundation
import PhoneinCore
import Testing

/// A resident and a guest, from the first page to the last, against the real intercom.
@Suite(.timeLimit(.minutes(2))) struct StoryTests {
    let intercom: IntercomProcess
    let anna, bela: Phone
    let home: String

    init() async throws {
        intercom = try await IntercomProcess("--inner-door")
        (anna, bela) = (try await Phone(), try await Phone())
        home = try await anna.pair(intercom, as: "Anna")
    }

    @Test func aResidentIsAtHomeAfterPairingAndOpensBothDoors() async throws {
        let all: Home = try await anna.core.home()
        let card: IntercomHome = try #require(all.intercoms.first)
        #expect(card.intercom.name == "Home" && card.makesKeys && card.opensBy == OpensBy.manager)
        #expect(card.doors.map { (door: DoorButton) in door.name } == ["Entrance", "Inner door"])
        #expect(try await anna.core.ownName() == "Anna")

        let told = try await anna.core.unlock(intercom: home, door: .inner).all()
        let opened = try #require(told.first { $0.isOpen })
        #expect((opened.title, opened.detail) == ("Key active", "1 second left"))
        #expect(opened.spoken == "Inner door open, 1 second")
        guard case .opened(seconds: 0, of: 1, by: Via.network) = try #require(told.last).state else {
            Issue.record("the last word is that the door is shut, not \(told)")
            return
        }
    }

    @Test func aGuestOpensUntilTheKeyIsUsedUp() async throws {
        let (key, text) = try await anna.make("Cleaner", at: home) {
            $0.setCategory(category: KeyCategory.services)
            $0.setUnlimited(on: false)
            $0.setRecurring(on: false)
            $0.setWelcomeOn(on: true)
            $0.setWelcome(message: "The mop is behind the door.")
        }
        #expect(try await anna.row(key)?.statusWords == "Shared, not accepted yet")
        let invitation: Invitation = try await bela.core.previewLink(text: "FWD: \(text)\nSee you")
        #expect((invitation.name, invitation.placeWords) == ("Cleaner", "Services · Home"))
        #expect(invitation.welcome == "The mop is behind the door." && invitation.offer == InvitationOffer.add)
        let nothing: EmptyList = try #require(try await bela.core.keys().empty)
        #expect(nothing.why == EmptyWhy.noneSent && nothing.title == "No keys yet")

        let (mine, there) = try await bela.accept(text, as: "Béla")
        #expect(try await anna.row(key)?.statusWords == "On Béla's phone")
        let guest: IntercomHome = try #require(try await bela.core.home().intercoms.first)
        #expect(guest.doors.map(\.key) == [mine] && guest.takesLinks)
        guard case .key(let chip) = guest.opensBy else {
            Issue.record("a guest opens with a key")
            return
        }
        #expect((chip as KeyChip).name == "Cleaner" && chip.id == mine)
        let row: KeyRow = try #require(try await bela.core.keys().keys.first)
        #expect(row.opens == .entrance && row.offers == [KeyOffer.remove])
        #expect(try await bela.core.home().place == there)
        #expect(try await bela.core.unlock(intercom: there, door: Door.entrance).last()?.isOpen == true)
        let refused = try await bela.press(there)
        #expect(refused.title == "This key is used up")
        #expect(refused.look == TapLook.refused && refused.sign == Sign.cross)
        #expect(try await bela.core.key(id: mine).row.status == .used)
        try await anna.core.sync()
        let details = try await anna.core.key(id: key)
        let more: MoreUses = try #require(details.moreUses)
        let facts = details.facts.map { (fact: Fact) in fact.words }
        #expect(facts == ["On Béla's phone", "Entrance: used", "The mop is behind the door."])
        #expect(more.choices.prefix(2).map { (choice: MoreUsesChoice) in choice.words } == ["1", "2"])
    }

    @Test func theActivityIsAListAndAFile() async throws {
        let (_, text) = try await anna.make("=1+1", at: home)
        let (_, there) = try await bela.accept(text, as: "Béla")
        _ = try await bela.press(there)
        try await anna.core.sync()
        let page = try await anna.core.activity(filter: ActivityFilter(show: .all))
        #expect(page.choices.first == ShowChoice(show: .all, words: "All"))
        let first: ActivityEntry = try #require(page.entries.first)
        #expect(first.sign == .entranceOpen && first.meaning == Meaning.active)
        #expect((first.day, first.title, first.person) == ("Today", "Entrance opened", "Béla"))
        #expect(first.kind == ActivityKind.opened && !first.mayGiveBack)
        await #expect(throws: WalletError.self) { try await anna.core.giveBack(entry: first.id) }
        #expect(anna.core.exportName(format: .csv) == "phonein.csv")
        #expect(try await anna.core.exportActivity(format: .csv).contains("Entrance opened,'=1+1"))
    }

    @Test func aForwardedLinkIsWorthNothing() async throws {
        let (_, text) = try await anna.make("Friends", at: home)
        _ = try await bela.accept(text, as: "Béla")
        let cili = try await Phone()
        let accepted: Accepted = try await cili.core.acceptLink(text: text, ownName: "Cili")
        guard case .refused(let told) = accepted else {
            Issue.record("the link was worth something")
            return
        }
        #expect(told.title == "Another phone has this key")
        #expect(try await cili.core.home().intercoms == [], "nothing is left behind")
    }
}
