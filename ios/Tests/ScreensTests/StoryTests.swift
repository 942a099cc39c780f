import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// A resident and her guest, through the screens alone, against the real intercom.
@MainActor @Suite(.timeLimit(.minutes(3))) struct StoryTests {
    @Test func aKeyIsMadeSharedAcceptedAndOpensTheDoor() async throws {
        let intercom = try await IntercomProcess("--inner-door")
        let (anna, bela) = (try await Walk(), try await Walk())
        try await anna.add(intercom, as: "Anna")
        try await anna.make("Cleaner")
        try await anna.screen.wait(for: "Key created")
        try await anna.screen.wait(for: "The first phone that adds this key owns it")
        try await anna.screen.wait(for: "At the intercom")
        let text = try anna.shared()
        let key = try #require(try await anna.phone.core.keys().keys.first)
        let hidden = [text: "TEXT", try await anna.phone.core.share(id: key.id).untilWords: "UNTIL"]
        try expectOutline(anna.screen, "Created/created", hiding: hidden, only: "sheet")
        try anna.screen.press("SHARE")
        try await anna.screen.wait(for: "Shared, not accepted yet")
        try anna.screen.press("QR code of this key's link")
        try expectOutline(anna.screen, "Created/held-out", hiding: hidden, only: "cover")
        try anna.screen.press("QR code of this key's link")
        try anna.screen.press("DONE")

        try await bela.screen.wait(for: "I was sent a key")
        try bela.screen.press("I was sent a key")
        try bela.screen.paste("FWD: \(text)")
        try await bela.screen.wait(for: "ADD KEY")
        try expectOutline(bela.screen, "Accept/offer", only: "sheet")
        try bela.screen.press("ADD KEY")
        try await bela.screen.wait(for: "(exclamationmark.triangle)")
        try bela.screen.type("Béla", into: "Your name")
        try bela.screen.press("ADD KEY")
        try await bela.screen.wait(without: "sheet")
        try await bela.screen.wait(for: "title \"Home\"")
        #expect(!bela.screen.outline.contains("NEW KEY"))
        try bela.screen.press("Entrance")
        try await bela.screen.wait(for: "Key active")
        try await bela.screen.wait(for: "Entrance opened")
        let table = String(decoding: try await bela.screen.file("As a table (CSV)"), as: UTF8.self)
        #expect(table.contains("Entrance opened,Cleaner"))
        bela.screen.open(try link(in: text))
        try await bela.screen.wait(for: "button \"OK\"")
        try expectOutline(bela.screen, "Accept/held", only: "sheet")
        try bela.screen.press("OK")

        await anna.screen.pullToRefresh()
        try await anna.screen.wait(for: "Cleaner")
        try anna.screen.pick("KEYS", from: "RECENT ACTIVITY")
        try await anna.screen.wait(for: "On Béla's phone")
        try expectOutline(anna.screen, "Home/keys")
    }

    @Test func aKeyFarDownTheListShowsAtTheDoorsWhatComesOfIt() async throws {
        let anna = try await Walk.resident()
        try await anna.make("Cleaner")
        try await anna.screen.wait(for: "At the intercom")
        try anna.screen.press("DONE")
        try anna.screen.pick("KEYS", from: "RECENT ACTIVITY")
        try await anna.screen.wait(for: "hint \"Open the door\"")
        let row = try #require(anna.screen.nodes.all.first { $0.hint == "Open the door" })
        #expect(anna.screen.scrolledTo.isEmpty)
        row.press?()
        #expect(anna.screen.scrolledTo == [AnyHashable(Stage.top)])
        try await anna.screen.wait(for: "Key active")
    }

    @Test func aPageThatIsLeftWhileTheCoreSavesLosesNothing() async throws {
        let anna = try await Walk.resident()
        try anna.screen.press("NEW KEY")
        try await anna.screen.wait(for: "field \"Key name\"")
        try anna.screen.type("Cleaner", into: "Key name")
        try anna.screen.press("CREATE KEY")
        try anna.screen.press("Back")
        #expect(!anna.screen.outline.contains("sheet"))
        try anna.screen.pick("KEYS", from: "RECENT ACTIVITY")
        try await anna.screen.wait(for: "Cleaner")
    }

    @Test func aKeyThatIsAcceptedIsShownAtItsIntercom() async throws {
        let (anna, bela) = (try await Walk.resident(), try await Walk())
        try await bela.add(try await IntercomProcess(), as: "Béla", name: "Office")
        try await anna.make("Friends")
        try await anna.screen.wait(for: "share \"SHARE\"")
        try await bela.accept(try anna.shared(), as: "Béla")
        try await bela.screen.wait(for: "title \"Home\"")
    }

    @Test func aManagersOwnLinkIsUsedHereOnlyIfThatIsWanted() async throws {
        let anna = try await Walk.resident()
        try await anna.make("Mine")
        try await anna.screen.wait(for: "share \"SHARE\"")
        anna.screen.open(try link(in: try anna.shared()))
        try await anna.screen.wait(for: "This is a key to your own intercom")
        try expectOutline(anna.screen, "Accept/own", only: "sheet")
        try anna.screen.press("Use it on this phone")
        try anna.screen.press("ADD KEY")
        try await anna.screen.wait(without: "sheet")
    }

    @Test func aForwardedLinkIsRefusedAndADamagedOneSaysSo() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela, cili) = (try await Walk(), try await Walk(), try await Walk())
        try await anna.add(intercom, as: "Anna")
        try await anna.make("Friends")
        try await anna.screen.wait(for: "share \"SHARE\"")
        let text = try anna.shared()
        try await bela.accept(text, as: "Béla")

        cili.screen.open(try link(in: text))
        try await cili.screen.wait(for: "ADD KEY")
        try cili.screen.type("Cili", into: "Your name")
        try cili.screen.press("ADD KEY")
        try await cili.screen.wait(for: "Another phone has this key")
        try expectOutline(cili.screen, "Accept/refused")
        try cili.screen.press("OK")
        try await cili.screen.wait(for: "Welcome to Phonein")

        try cili.screen.press("I was sent a key")
        try cili.screen.paste(String(text.dropLast(8)))
        try await cili.screen.wait(without: "field \"Link\" = \"\"")
        try await cili.screen.wait(for: "(exclamationmark.triangle)")
        try expectOutline(cili.screen, "Accept/damaged", hiding: [String(text.dropLast(8)): "LINK"])
    }

    @Test func aUsedUpKeyIsRefusedWithItsReason() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela) = (try await Walk(), try await Walk())
        try await anna.add(intercom, as: "Anna")
        try await anna.make("Once") { screen in
            try screen.turn("Unlimited Key", on: false)
            #expect(screen.outline.contains("picker \"Number of uses\" = \"1"))
        }
        try await anna.screen.wait(for: "share \"SHARE\"")
        try await bela.accept(try anna.shared(), as: "Béla")
        try bela.screen.press("Entrance")
        try await bela.screen.wait(for: "Key active")
        try await bela.screen.wait(for: "Press to activate key")
        try bela.screen.press("Entrance")
        try await bela.screen.wait(for: "This key is used up")
        #expect(bela.screen.felt.last == .error)
        try bela.screen.pick("Refused", from: "RECENT ACTIVITY")
        try await bela.screen.wait(for: "Entrance refused")
    }

    @Test func aKeyIsEditedSharedAgainAndDeleted() async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela, newPhone) = (try await Walk(), try await Walk(), try await Walk())
        try await anna.add(intercom, as: "Anna")
        try await anna.make("Cleaner")
        try await anna.screen.wait(for: "share \"SHARE\"")
        try await bela.accept(try anna.shared(), as: "Béla")
        try anna.screen.press("DONE")
        try anna.screen.pick("KEYS", from: "RECENT ACTIVITY")
        await anna.screen.pullToRefresh()
        try await anna.screen.wait(for: "On Béla's phone")

        try anna.screen.press("Edit", in: "hold for")
        try await anna.screen.wait(for: "field \"Key name\"")
        try anna.screen.type("Gardener", into: "Key name")
        try anna.screen.press("SAVE")
        try await anna.screen.wait(without: "Edit key")
        try await anna.screen.wait(for: "Gardener")

        try anna.screen.press("Share", in: "swipe")
        try await anna.screen.wait(for: "New phone, same person")
        try await anna.screen.wait(for: "At the intercom")
        try expectOutline(anna.screen, "Share/again", only: "sheet")
        try anna.screen.press("New phone, same person, The old phone stops working")
        try await anna.screen.wait(for: "share \"SHARE\"")
        let again = try anna.shared()
        try anna.screen.press("DONE")
        try await newPhone.accept(again, as: "Béla")
        try bela.screen.press("Entrance")
        try await bela.screen.wait(for: "This key no longer opens here")

        await anna.screen.pullToRefresh()
        try await anna.screen.wait(for: "Gardener, Friend, On Béla's phone")
        try anna.screen.press("Delete", in: "swipe")
        try await anna.screen.wait(for: "dialog")
        try expectOutline(anna.screen, "Keys/delete", only: "dialog \"Delete “Gardener”?\"")
        try anna.screen.press("KEEP")
        #expect(!anna.screen.outline.contains("dialog"))
        try anna.screen.press("Delete", in: "swipe")
        try await anna.screen.wait(for: "dialog")
        try anna.screen.press("DELETE")
        try await anna.screen.wait(for: "alert")
        try anna.screen.press("OK")
        try await anna.screen.wait(for: "No keys yet")
        try newPhone.screen.press("Entrance")
        try await newPhone.screen.wait(for: "(trash)")
    }

    @Test func anAppThatIsKilledInTheWizardComesBackToIt() async throws {
        let intercom = try await IntercomProcess()
        let phone = try await Phone()
        let home = Walk(on: phone)
        try await home.add(intercom, as: "Anna")
        try home.screen.press("NEW KEY")
        try await home.screen.wait(for: "field \"Key name\"")
        try home.screen.type("Cleaner", into: "Key name")
        try home.screen.turn("Unlimited Key", on: false)
        try await Task.sleep(for: .milliseconds(500))

        let again = Walk(on: phone, core: try await Phone.start(in: phone.directory))
        try await again.screen.wait(for: "title \"Home\"")
        try again.screen.press("NEW KEY")
        try await again.screen.wait(for: "START OVER")
        #expect(again.screen.outline.contains("field \"Key name\" = \"Cleaner\""))
        #expect(again.screen.outline.contains("toggle \"Unlimited Key\" = off"))
        try again.screen.press("START OVER")
        #expect(again.screen.outline.contains("field \"Key name\" = \"\""))
    }
}

func link(in text: String) throws -> URL {
    let word = try #require(text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("https://") })
    return try #require(URL(string: String(word)))
}
