import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// What a shell over a core in Rust may get wrong without anybody seeing it at first.
@MainActor @Suite(.serialized, .timeLimit(.minutes(2))) struct ShellTests {
    @Test func everyModelIsObserved() throws {
        for (file, text) in try sources() where file.hasSuffix("Model.swift") {
            for kind in text.matches(of: /class (\w+Model)\b/) {
                #expect(
                    text.contains("@MainActor @Observable final class \(kind.1)"), "\(file): a page would stay stale")
            }
        }
    }

    @Test func aStepOfAnOpeningRedrawsTheDoorAndNothingElse() async throws {
        let phone = try await Phone()
        let home = HomeModel(phonein: phone.core, presence: .always)
        home.show(Home(intercoms: [Sample.resident()], place: nil, notes: []))
        let place = try #require(home.places?.first)
        let words = Words { phone.core.label(label: $0) }
        let keys = KeysModel(phonein: phone.core)
        keys.keys.show(Sample.rows)
        let screen = Screen(
            List {
                Stage(model: home, place: place)
                Notes(notes: place.notes, place: place.id) { _ in }
                KeysSection(model: keys, home: home, deletion: DeleteModel(phonein: phone.core))
            }
            .environment(Navigation()).environment(\.words, words))
        _ = screen.nodes
        screen.redrawn = []
        home.show(Home(intercoms: [Sample.resident(Sample.open)], place: nil, notes: []))
        #expect(screen.outline.contains("Entrance open, 5 seconds"))
        #expect(screen.redrawn == ["Doorway", "RoundButton", "DoorWords"])
    }

    @Test(arguments: ["Entrance", "Inner door"])
    func aDoorIsPressedWithTheKeyItShows(_ door: String) async throws {
        let core = try await Phone().core
        let home = HomeModel(phonein: core, presence: Presence { _ in .impossible })
        home.show(Home(intercoms: [Sample.guest(hasInner: true, askFirst: true)], place: nil, notes: []))
        let place = try #require(home.places?.first)
        let words = Words { core.label(label: $0) }
        let screen = Screen(
            List { Stage(model: home, place: place) }.environment(Navigation()).environment(\.words, words))
        try screen.press(door)
        for _ in 0..<1_000 where home.unsure == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(home.unsure == Press(door: door == "Entrance" ? .entrance : .inner, place: "1", key: "7"))
        #expect(home.keyTaps == 0, "the doors are on screen")
    }

    @Test func aPressReachesTheCoreBeforeTheNextDrawing() async throws {
        let anna = try await Walk.resident()
        let asked = Asked()
        let subscription = anna.phone.core.watch(listener: asked)
        try await Task.sleep(for: .milliseconds(200))
        asked.begin()
        _ = anna.screen.nodes
        let drawings = anna.screen.drawings
        try anna.screen.press("Entrance")
        // Nothing else gets the thread that draws until the core has begun.
        #expect(asked.wait(seconds: 10), "the core was not asked while the main thread had something else to do")
        #expect(anna.screen.drawings == drawings)
        subscription.cancel()
    }

    @Test func aPageThatIsLeftLeavesNothingBehind() async throws {
        let anna = try await Walk.resident()
        weak var model: LocationsModel?
        do {
            let made = LocationsModel(phonein: anna.phone.core)
            model = made
            let page = Screen(
                Following(model: made).environment(Navigation()).environment(\.words, Words { "\($0)" }))
            try await page.wait(for: "Home")
            page.close()
        }
        for _ in 0..<500 where model != nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(model == nil, "the model follows the core although its page is gone")
    }

    @Test func whatAPageBeganEndsWithItInRustToo() async throws {
        let (phone, wire) = (try await Phone(), Wire())
        wire.holds = true
        let screen = Screen(AddDeviceScreen(phonein: phone.core).environment(Navigation()))
        try screen.type("9f3b2c50-0000-4000-8000-000000000000 \(wire.url)", into: "deviceUuid")
        try screen.type("Home", into: "name")
        try screen.type("Anna", into: "yourName")
        try screen.press("save")
        _ = screen.outline
        await wire.hasLost()
        screen.close()
        let closed = ContinuousClock.now
        await wire.isGivenUp()
        // Left alone, the core waits for an answer for longer.
        #expect(ContinuousClock.now - closed < .seconds(2))
    }
}

/// The page of a model that the test holds too.
private struct Following: View {
    let model: LocationsModel

    var body: some View { LocationsPage(model: model).task { await model.follow() } }
}

/// Waits for the core's own word that a door is asked.
private final class Asked: ChangeListener, @unchecked Sendable {
    private let told = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private var counts = false

    func begin() { lock.withLock { counts = true } }

    func onChange(changes: [Change]) {
        if changes.contains(.home), lock.withLock({ counts }) { told.signal() }
    }

    nonisolated func wait(seconds: Double) -> Bool { told.wait(timeout: .now() + seconds) == .success }
}

func sources() throws -> [(file: String, text: String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Screens")
        .standardizedFileURL
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.sorted().map {
        ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
}
