import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import PhoneinApp
@testable import Screens

/// What of the app needs no screen, over the real core.
@MainActor @Suite(.timeLimit(.minutes(1))) struct StartTests {
    private func folder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("phonein-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }

    @Test func windowAndShortcutsHaveOneCore() async throws {
        try await folder { folder in
            let start = Start(folder: folder)
            async let first = start.open()
            async let second = start.open()
            let both = try await (first, second)
            #expect(both.0 === both.1)
            #expect(try await both.0.home().intercoms.isEmpty)
        }
    }

    @Test func aWalletThatCouldNotBeOpenedIsTriedAgain() async throws {
        try await folder { folder in
            try Data().write(to: folder)
            let start = Start(folder: folder)
            await #expect(throws: WalletError.self) { try await start.open() }
            try FileManager.default.removeItem(at: folder)
            _ = try await start.open()
        }
    }

    @Test func aShortcutBeforeThereIsAnIntercomDoesNothing() async throws {
        try await folder { folder in
            let start = Start(folder: folder)
            start.navigation.open(.locations)
            try await start.pressEntrance()
            #expect(start.navigation.wish == nil && start.navigation.path == [.locations])
        }
    }

    @Test func whatComesOfAShortcutIsInFront() async throws {
        try await folder { folder in
            let intercom = try await IntercomProcess()
            let start = Start(folder: folder) { try softwareKeys(directory: $0.path) }
            let added = try await start.open().addIntercom(code: intercom.code, name: "Home", ownName: "Anna").last()
            guard case .added(let home, _) = added else { throw Trouble.notPaired(added) }
            start.navigation.open(.locations)
            start.navigation.show(.newKey(home))
            try await start.pressEntrance()
            #expect(start.navigation.sheet == nil && start.navigation.path.isEmpty)
            #expect(start.navigation.place == home)
            let screen = Screen(MainWindow(start: start))
            try await screen.wait(for: "Key active")
            #expect(start.navigation.wish == nil)
        }
    }

    @Test func nothingIsWaitedForWhenNoDoorIsAsked() async throws {
        try await folder { folder in
            try await Start(folder: folder).open().settled()
        }
    }

    @Test func theLanguageOfThePhoneIsTheCores() async throws {
        try await folder { folder in
            let (path, zone) = (folder.path, "Europe/Budapest")
            let config = PhoneLocale(language: "hu-HU", dayClock: .twelve, zone: zone).config(folder)
            #expect(config == Config(directory: path, locale: "hu-HU", dayClock: .twelve, zone: zone))
        }
    }
}
