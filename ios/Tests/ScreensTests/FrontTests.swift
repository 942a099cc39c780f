import Foundation
@_spi(Test) import Network
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing
@_spi(Test) import UIKit

@testable import Screens

/// The app goes behind others and comes back, and so does the network.
@MainActor @Suite(.serialized, .timeLimit(.minutes(2))) struct FrontTests {
    private let phase = Phase()

    @Test func aWalletThatCouldNotBeOpenedIsTriedAgainInFront() async throws {
        let (core, shut) = (try await Phone().core, Shut())
        let screen = Screen(
            Phased(phase) { AppScreen(presence: .always, navigation: Navigation()) { try shut.open(core) } })
        try await screen.wait(for: "storage is full")
        shut.isOver = true
        phase.now = .background
        _ = screen.outline
        #expect(screen.outline.contains("storage is full"))
        phase.now = .active
        try await screen.wait(for: "Welcome to Phonein")
    }

    @Test func whatWaitsIsDeliveredWhenTheNetworkComesBack() async throws {
        let (wire, anna) = (Wire(), try await Walk())
        // No other way leads there.
        let intercom = try await IntercomProcess("--url", wire.url)
        wire.leads(to: intercom.url)
        try await anna.add("\(intercom.uuid) \(wire.url)", as: "Anna")
        let added = ContinuousClock.now
        wire.holds = true
        try await anna.make("Cleaner")
        try await anna.screen.wait(for: "Waiting for the intercom")
        await wire.hasLost()
        try await wire.isQuiet()
        wire.holds = false
        NWPathMonitor.tell(.unsatisfied)
        NWPathMonitor.tell(.satisfied)
        try await anna.screen.wait(for: "At the intercom")
        #expect(ContinuousClock.now - added < .seconds(50), "Home, which asks once a minute, may have asked by itself")
    }

    /// Created over a key with a link.
    private func created() async throws -> (screen: Screen, share: Share) {
        let (intercom, phone) = (try await IntercomProcess(), try await Phone())
        let (key, _) = try await phone.make("Cleaner", at: try await phone.pair(intercom, as: "Anna"))
        let words = Words { phone.core.label(label: $0) }
        let screen = Screen(
            Phased(phase) { NavigationStack { CreatedScreen(phonein: phone.core, key: key, isNew: true) } }
                .environment(Navigation()).environment(\.words, words))
        try await screen.wait(for: "QR code of this key's link")
        return (screen, try await phone.core.share(id: key))
    }

    @Test func whatAnybodyCouldUseIsCoveredWhileTheAppIsNotInFront() async throws {
        let (screen, _) = try await created()
        let cover = "image \"video.doorbell\""
        #expect(!screen.outline.contains(cover))
        phase.now = .inactive
        #expect(screen.outline.contains(cover))
        phase.now = .active
        #expect(!screen.outline.contains(cover))
        try screen.press("QR code of this key's link")
        phase.now = .inactive
        let held = try #require(screen.nodes.all.first { $0.kind == "cover" })
        #expect(held.children.all.contains { $0.label == "video.doorbell" })
    }

    @Test func aCodeThatIsHeldOutIsBrightAndStaysOn() async throws {
        let (screen, _) = try await created()
        let scene = try #require(UIApplication.shared.connectedScenes.first as? UIWindowScene)
        scene.screen.brightness = 0.25
        try screen.press("QR code of this key's link")
        _ = screen.outline
        #expect(scene.screen.brightness == 1 && UIApplication.shared.isIdleTimerDisabled)
        phase.now = .background
        _ = screen.outline
        #expect(scene.screen.brightness == 0.25 && !UIApplication.shared.isIdleTimerDisabled)
        phase.now = .active
        _ = screen.outline
        #expect(scene.screen.brightness == 1 && UIApplication.shared.isIdleTimerDisabled)
        try screen.press("QR code of this key's link")
        _ = screen.outline
        #expect(scene.screen.brightness == 0.25 && !UIApplication.shared.isIdleTimerDisabled)
    }

    @Test func aCopiedLinkStaysOnThisPhoneAndNotForLong() async throws {
        let (screen, share) = try await created()
        #expect(!screen.outline.contains("Copied"))
        try screen.press("Copy the link")
        #expect(screen.outline.contains("Copied"), "iOS does not say so")
        let copied = try #require(UIPasteboard.general.copied)
        #expect(copied.strings == [share.link] && copied.localOnly)
        let until = try #require(copied.expirationDate)
        #expect(until > .now && until < .now + 3_600)
    }
}

/// A core that cannot be opened for a while.
private final class Shut: @unchecked Sendable {
    private let lock = NSLock()
    private var over = false
    var isOver: Bool {
        get { lock.withLock { over } }
        set { lock.withLock { over = newValue } }
    }

    func open(_ core: Phonein) throws -> Phonein {
        if !isOver { throw WalletError.Full(told: Sample.told("The storage is full", "Free some space")) }
        return core
    }
}
