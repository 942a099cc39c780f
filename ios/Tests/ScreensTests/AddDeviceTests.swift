@_spi(Test) import AVFoundation
import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing
@_spi(Test) import VisionKit

@testable import Screens

/// Add device: the code is understood while it is typed, and every end says what would help.
@MainActor @Suite(.timeLimit(.minutes(2))) struct AddDeviceTests {
    let anna: Walk
    var screen: Screen { anna.screen }

    init() async throws {
        anna = try await Walk()
        try await anna.screen.wait(for: "ADD NEW DEVICE")
        try anna.screen.press("ADD NEW DEVICE")
    }

    @Test func aCodeIsPutIntoItsFormWhileItIsTyped() throws {
        try expectOutline(screen, "AddDevice/empty", only: "sheet")
        try screen.type("9F3B", into: "Device UUID")
        #expect(!screen.outline.contains("exclamationmark"))
        try expectOutline(screen, "AddDevice/unfinished", only: "sheet")
        try screen.type("no code", into: "Device UUID")
        try expectOutline(screen, "AddDevice/no-code", only: "sheet")
        try screen.type("9f3b2c5000004000800000000000 0000", into: "Device UUID")
        try expectOutline(screen, "AddDevice/typed", only: "sheet")
    }

    @Test func aPastedCodeIsTaken() async throws {
        let intercom = try await IntercomProcess()
        try screen.paste(intercom.code)
        #expect(screen.outline.contains(intercom.uuid))
        screen.endTyping()
        try screen.type("Home", into: "Name")
        try screen.type("Anna", into: "Your name")
        try screen.press("SAVE")
        try await screen.wait(for: "title \"Home\"")
        try await screen.wait(for: "Entrance")
    }

    @Test func aScannedCodeIsTakenWithItsAddress() async throws {
        AVCaptureDevice.forget(allows: true)
        try screen.press("Scan the QR code")
        try await screen.wait(for: "controller \"DataScannerViewController\"")
        #expect(DataScannerViewController.see("9f3b2c50-0000-4000-8000-000000000000 http://192.168.1.40"))
        try await screen.wait(without: "controller")
        #expect(screen.outline.contains("field \"Device UUID\" = \"9f3b2c50-0000-4000-8000-000000000000\""))
        #expect(screen.outline.contains("field \"Network address\" = \"http://192.168.1.40\""))
        #expect(!DataScannerViewController.see("again"), "it goes on scanning")
    }

    @Test func whereTheCameraWasRefusedAPressLeadsToTheSettings() async throws {
        AVCaptureDevice.forget(allows: false)
        var opened: [URL] = []
        let scan = Screen(
            ScanButton(title: "Scan") { _ in Issue.record("there is no camera to scan with") }
                .environment(
                    \.openURL,
                    OpenURLAction {
                        opened.append($0)
                        return .handled
                    }))
        try scan.press("Scan")
        for _ in 0..<1_000 where AVCaptureDevice.authorizationStatus(for: .video) == .notDetermined {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(opened.isEmpty, "they have just said no")
        try scan.press("Scan")
        for _ in 0..<1_000 where opened.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(opened.map(\.absoluteString) == ["app-settings:"])
        #expect(!scan.outline.contains("sheet"))
    }

    @Test func whatIsMissingIsSaidBesideItsField() async throws {
        try screen.press("SAVE")
        try await screen.wait(for: "exclamationmark")
        try expectOutline(screen, "AddDevice/nothing-typed", only: "sheet")
    }

    @Test func aTaskThatWasDrawnBeforeThePressAddsNothing() async {
        let model = AddDeviceModel(phonein: anna.phone.core)
        model.save()
        await model.add(0)
        #expect(model.wrong == nil && model.ended == nil)
        await model.add(model.attempt)
        #expect(model.wrong(.code) != nil)
    }

    @Test func aDeviceThatIsNotFoundIsAskedForByItsAddress() async throws {
        try screen.type("9f3b2c50-0000-4000-8000-000000000000 http://127.0.0.1:9", into: "Device UUID")
        try screen.type("Home", into: "Name")
        try screen.type("Anna", into: "Your name")
        try screen.press("SAVE")
        try await screen.wait(for: "field \"Network address\"", within: .seconds(40))
        try expectOutline(screen, "AddDevice/not-found", only: "sheet")
        try screen.press("Close")
        try await screen.wait(for: "Welcome to Phonein")
    }
}
