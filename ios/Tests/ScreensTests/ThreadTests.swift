import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// The thinnest thread: from Welcome to an open door of a real intercom.
@MainActor @Suite(.timeLimit(.minutes(2))) struct ThreadTests {
    @Test func aDoorIsOpenedFromAFreshApp() async throws {
        let (intercom, anna) = (try await IntercomProcess("--inner-door"), try await Walk())
        try await anna.screen.wait(for: "Welcome to Phonein")
        try expectOutline(anna.screen, "Welcome/welcome")
        try await anna.add(intercom, as: "Anna")
        try await anna.screen.wait(for: "Press to activate key")
        try anna.screen.press("Entrance")
        try await anna.screen.wait(for: "Key active")
        #expect(anna.screen.felt.contains(.success))
        try await anna.screen.wait(for: "Press to activate key")
        try await anna.screen.wait(for: "Entrance opened")
    }
}
