import Foundation
import PhoneinCore
import Testing

/// A resident and a guest, from the first page to the last, against the real intercom.
@Suite struct StoryTests {
    let intercom: IntercomProcess
    let anna, bela: Phone
    let home: String

    init() async throws {
        intercom = try await IntercomProcess("--inner-door")
        (anna, bela) = (try await Phone(), try await Phone())
        home = try await anna.pair(intercom, as: "Anna")
    }

    @Test func aResidentIsAtHomeAfterPairingAndOpensBothDoors() async throws {
        let card = try #require(try await anna.core.home().intercoms.first)
        #expect(card.intercom.name == "Home" && card.makesKeys && card.button == .manager)
        #expect(card.doors.map(\.name) == ["Entrance", "Inner door"])
        #expect(try await anna.core.ownName() == "Anna")

        let told = try await anna.core.unlock(intercom: home, door: .inner).all()
        let opened = try #require(told.first { $0.isOpen })
        #expect((opened.title, opened.detail) == ("Key active", "1 second left"))
        #expect(opened.spoken == "Inner door open, 1 second")
        guard case .opened(seconds: 0, by: .network) = try #require(told.last).state else {
            Issue.record("the last word is that the door is shut, not \(told)")
            return
        }
    }

    @Test func aGuestOpensUntilTheKeyIsUsedUp() async throws {
        let (key, text) = try await anna.make("Cleaner", at: home) {
            $0.setCategory(category: .services)
            $0.setUnlimited(on: false)
            $0.setRecurring(on: false)
        }
        #expect(try await anna.row(key)?.statusWords == "Shared, not accepted yet")
        let invitation = try await bela.core.previewLink(text: "FWD: \(text)\nSee you")
        #expect((invitation.name, invitation.placeWords) == ("Cleaner", "Services · Home"))

        let (mine, there) = try await bela.accept(text, as: "Béla")
        #expect(try await anna.row(key)?.statusWords == "On Béla's phone")
        #expect(try await bela.press(there).isOpen)
        _ = try await bela.core.unlock(intercom: there, door: .entrance).all()
        #expect(try await bela.press(there).title == "This key is used up")
        #expect(try await bela.core.key(id: mine).row.status == .used)
        try await anna.core.sync()
        #expect(try await anna.core.key(id: key).usesWords == ["Entrance: used"])
    }
}
