import Foundation
import PhoneinCore
import Testing

/// The core's own listeners, under the sequences: called one call after the other, in order, and never after the end.
@Suite(.timeLimit(.minutes(2))) struct ListenerTests {
    /// Hears everything.
    final class Ear: ChangeListener, PairingListener, UnlockListener, @unchecked Sendable {
        private let lock = NSLock()
        private var inside = 0
        private(set) var heard: [String] = []
        private(set) var threads: Set<String> = []
        private let over: AsyncStream<Void>.Continuation
        private let ends: AsyncStream<Void>

        init() { (ends, over) = AsyncStream.makeStream() }

        func onChange(changes: [Change]) { hear("\(changes)") }

        func onPairing(progress: PairingProgress) { hear("\(progress)", isLast: progress.isFinal()) }

        func onTap(tap: Tap, isFinal: Bool) {
            hear(isFinal ? "\(tap.state) and that was it" : "\(tap.state)", isLast: isFinal)
        }

        private func hear(_ what: String, isLast: Bool = false) {
            lock.withLock { inside += 1 }
            let thread = currentThread.name
            lock.withLock {
                heard.append(inside == 1 ? what : "two at once")
                threads.insert(thread)
                inside -= 1
            }
            if isLast { over.finish() }
        }

        func end() async {
            for await _ in ends {}
        }
    }

    @Test func stepsComeInOrderOnTheCoresThreads() async throws {
        let intercom = try await IntercomProcess()
        let anna = try await Phone()
        let (adding, tapping) = (Ear(), Ear())
        let pairing: Pairing = try await anna.core.addIntercom(
            code: intercom.code, address: "", name: "Home", ownName: "Anna", listener: adding)
        await adding.end()
        let (known, added) = (["searching", "connecting", "asking"], adding.heard.map { $0.prefix { $0 != "(" } })
        #expect(added.dropLast().map(String.init) == known && added.last == "added", "\(adding.heard)")
        pairing.cancel()

        let home: Intercom = try #require(try await anna.core.intercoms().first)
        let unlock: Unlock = try await anna.core.unlock(intercom: home.id, key: nil, door: .entrance, listener: tapping)
        await tapping.end()
        unlock.cancel()
        let opened = ["opened(seconds: 1", "opened(seconds: 0"]
        #expect(tapping.heard.first == "searching")
        #expect(zip(tapping.heard.suffix(2), opened).allSatisfy { $0.hasPrefix($1) }, "\(tapping.heard)")
        #expect(tapping.heard.last?.hasSuffix("and that was it") == true)
        #expect(adding.threads.union(tapping.threads) == ["phonein"])
    }

    /// What the core has let go of it cannot call.
    @Test func noneIsCalledAfterTheSubscriptionHasEnded() async throws {
        let phone = try await Phone()
        for _ in 1...200 {
            weak var gone: Ear?
            do {
                let ear = Ear()
                gone = ear
                let subscription: ChangeSubscription = phone.core.watch(listener: ear)
                phone.core.setLocale(locale: "en", dayClock: .twelve, zone: "Europe/Budapest")
                subscription.cancel()
            }
            while gone != nil { await Task.yield() }
        }
    }

    @Test func oneThatThrowsIsNotTheEnd() async throws {
        final class Thrower: ChangeListener, Sendable {
            let called: AsyncStream<Int>, call: AsyncStream<Int>.Continuation
            init() { (called, call) = AsyncStream.makeStream() }
            func onChange(changes: [Change]) throws {
                call.yield(changes.count)
                throw ListenerError.Failed(reason: "on purpose")
            }
        }
        let (phone, thrower) = (try await Phone(), Thrower())
        let subscription = phone.core.watch(listener: thrower)
        var calls = 0
        phone.core.setLocale(locale: "en", dayClock: .twelve, zone: "Europe/Budapest")
        for await _ in thrower.called {
            calls += 1
            if calls == 3 { break }
            phone.core.setLocale(locale: "en", dayClock: .twelve, zone: "Europe/Budapest")
        }
        subscription.cancel()
    }

    @Test func aHundredPressesAtOnceAreOneTap() async throws {
        let intercom = try await IntercomProcess()
        let anna = try await Phone()
        let home = try await anna.pair(intercom, as: "Anna")
        let ends = try await withThrowingTaskGroup(of: Tap?.self) { group in
            for _ in 1...100 {
                group.addTask { try await anna.core.unlock(intercom: home, door: .entrance).last() }
            }
            return try await group.all()
        }
        #expect(ends.allSatisfy { $0?.isOpen == true } && ends.count == 100)
        try await anna.core.sync()
        let page: ActivityPage = try await anna.core.activity(filter: ActivityFilter(show: .opened))
        #expect(page.entries.count == 1)
    }
}
