import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// A person with the app in hand: the whole of it, over the real core on a phone of their own.
@MainActor final class Walk {
    let phone: Phone
    let navigation = Navigation()
    let screen: Screen
    /// What was added; they run for as long as somebody walks here.
    private(set) var intercoms: [IntercomProcess] = []

    convenience init(_ presence: Presence = .always) async throws {
        self.init(on: try await Phone(), presence)
    }

    init(on phone: Phone, core: Phonein? = nil, _ presence: Presence = .always) {
        self.phone = phone
        screen = Screen(RootScreen(phonein: core ?? phone.core, presence: presence, navigation: navigation))
    }

    /// The app is started anew on this phone.
    func again(_ presence: Presence) -> Walk {
        let walk = Walk(on: phone, presence)
        walk.intercoms = intercoms
        return walk
    }

    /// Anna, who has added an intercom with these options.
    static func resident(_ options: String...) async throws -> Walk {
        let anna = try await Walk()
        try await anna.add(try await IntercomProcess(options), as: "Anna")
        return anna
    }

    deinit {
        let screen = screen
        Task { @MainActor in screen.close() }
    }

    /// Add device, from Welcome or My Locations, as far as Home.
    func add(_ intercom: IntercomProcess, as ownName: String, name: String = "Home") async throws {
        intercoms.append(intercom)
        try await add(intercom.code, as: ownName, name: name)
    }

    func add(_ code: String, as ownName: String, name: String = "Home") async throws {
        try await screen.wait(for: "ADD NEW DEVICE")
        try screen.press("ADD NEW DEVICE")
        try screen.type(code, into: "Device UUID")
        try screen.type(name, into: "Name")
        try screen.type(ownName, into: "Your name")
        try screen.press("SAVE")
        // Home knows it before the sheet has heard so and goes.
        try await screen.wait(without: "sheet")
        try await screen.wait(for: "title \"\(name)\"")
    }
}

extension Presence {
    static let always = Presence { _ in .confirmed }
}

extension Walk {
    /// NEW KEY and CREATE KEY, from Home.
    func make(_ name: String, _ fill: (Screen) throws -> Void = { _ in }) async throws {
        try screen.press("NEW KEY")
        try await screen.wait(for: "field \"Key name\"")
        try screen.type(name, into: "Key name")
        try fill(screen)
        try screen.press("CREATE KEY")
        try await screen.wait(for: "title \"Key created\"")
    }

    /// The text that SHARE gives.
    func shared() throws -> String { try #require(try screen.find("SHARE") { $0.kind == "share" }.value) }

    /// Opens the link and adds its key.
    func accept(_ text: String, as ownName: String) async throws {
        screen.open(try link(in: text))
        try await screen.wait(for: "ADD KEY")
        try screen.type(ownName, into: "Your name")
        try screen.press("ADD KEY")
        try await screen.wait(without: "sheet")
        try await screen.wait(for: "title \"Home\"")
    }
}
