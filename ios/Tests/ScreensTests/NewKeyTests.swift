import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// New key and Edit over the core's wizard: what is typed comes back as sentence, or as a reason beside its field.
@MainActor @Suite(.timeLimit(.minutes(2))) struct NewKeyTests {
    let anna: Walk
    var screen: Screen { anna.screen }

    init() async throws {
        anna = try await Walk.resident("--inner-door")
        try anna.screen.press("NEW KEY")
        try await anna.screen.wait(for: "title \"New key\"")
        try await anna.screen.wait(for: "Unlimited Key")
    }

    @Test func aNewKeyIsUnlimitedAndNeedsAName() async throws {
        try expectSheet("NewKey/unlimited")
        try screen.press("CREATE KEY")
        try await screen.wait(for: "(exclamationmark.triangle)")
        #expect(screen.scrolledTo == [AnyHashable(KeyField.name)])
        try expectSheet("NewKey/no-name")
        try screen.type("Anna", into: "Key name")
        #expect(!screen.outline.contains("exclamationmark"))
    }

    @Test func aNameThatWasLeftEmptyIsWrongAtOnce() throws {
        try screen.type("", into: "Key name")
        #expect(!screen.outline.contains("exclamationmark"))
        screen.endTyping()
        #expect(screen.outline.contains("exclamationmark"))
    }

    @Test func aSingleUseKeySaysFromWhenToWhen() throws {
        try screen.turn("Unlimited Key", on: false)
        try set("Start date", 2040, 10, 12)
        try set("Expiration date", 2040, 10, 14)
        try setTime("Start time", 10, 22)
        try setTime("Expiration time", 10, 22)
        #expect(
            screen.outline.contains("from Friday, October 12, 2040 at 10:22 until Sunday, October 14, 2040 at 10:22"))
        try screen.pick("5", from: "Number of uses")
        #expect(screen.outline.contains(", up to 5 times\""))
        try expectSheet("NewKey/single-use")
        try set("Expiration date", 2040, 10, 11)
        try expectSheet("NewKey/ends-before-start")
    }

    @Test func aRecurringKeySaysItsDaysAndHours() throws {
        try screen.turn("Unlimited Key", on: false)
        try screen.turn("Recurring", on: true)
        try set("End date", 2041, 12, 31)
        try set("Start date", 2040, 10, 12)
        for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] {
            let node = try screen.find(day)
            if node.notes.contains("selected") != ["Wednesday", "Saturday"].contains(day) { try screen.press(day) }
        }
        try setTime("Start time", 10, 0)
        try setTime("End time", 14, 0)
        let rule = "every Wednesday and Saturday from 10:00 to 14:00 starting Friday, October 12, 2040"
        #expect(screen.outline.contains(rule))
        try expectSheet("NewKey/recurring")
        for day in ["Wednesday", "Saturday"] { try screen.press(day) }
        try screen.type("Anna", into: "Key name")
        screen.endTyping()
        try screen.turn("Also Opens Inner Door", on: true)
        try expectSheet("NewKey/no-weekday")
    }

    @Test func aDateIsTheIntercomsWhateverTheZoneOfThePhone() throws {
        try screen.turn("Unlimited Key", on: false)
        try set("Start date", 2040, 3, 25)
        #expect(screen.outline.contains("date \"Start date\" = 2040-03-25"))
        try setTime("Start time", 2, 30)
        #expect(screen.outline.contains("date \"Start time\" = 02:30"))
    }

    @Test func aWelcomeMessageIsTypedWhereItIsTurnedOn() throws {
        try screen.turn("Welcome Message", on: true)
        try screen.type("The mop is behind the door.", into: "Welcome Message")
        try screen.pick("Delivery", from: "Icon")
        try expectSheet("NewKey/welcome")
    }

    @Test func backKeepsTheDraftAndStartOverForgetsIt() async throws {
        try screen.type("Cleaner", into: "Key name")
        try screen.press("Back")
        #expect(!screen.outline.contains("sheet"))
        try screen.press("NEW KEY")
        try await screen.wait(for: "START OVER")
        #expect(screen.outline.contains("\"Cleaner\""))
        try expectSheet("NewKey/brought-back")
        try screen.press("START OVER")
        #expect(!screen.outline.contains("Cleaner") && !screen.outline.contains("START OVER"))
    }

    private func set(_ field: String, _ year: Int, _ month: Int, _ day: Int) throws {
        try screen.set(WallClock.date(DateComponents(year: year, month: month, day: day)), for: field)
    }

    private func setTime(_ field: String, _ hour: Int, _ minute: Int) throws {
        try screen.set(WallClock.date(DateComponents(hour: hour, minute: minute)), for: field)
    }

    /// Dates that follow the clock are no part of what is kept.
    private func expectSheet(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try expectOutline(screen, name, only: "sheet", sourceLocation: sourceLocation)
    }
}
