import Foundation
import Testing

@testable import PhoneinCore

/// The sequence over a handle, without the core under it.
@Suite(.timeLimit(.minutes(1))) struct EventsTests {
    /// Remembers whether it was cancelled, and tells when it is let go.
    final class Fake: Handle, @unchecked Sendable {
        private let lock = NSLock()
        private var ends = 0
        var cancelled: Int { lock.withLock { ends } }
        func cancel() { lock.withLock { ends += 1 } }
    }

    @Test func cancellingTheTaskThatWaitsCancelsTheHandleAndEndsTheSequence() async throws {
        let handle = Fake()
        let (begun, begin) = AsyncStream<Feed<Int>>.makeStream()
        let hearing = Task {
            var heard: [Int] = []
            let events = Events { feed in
                feed.tell(1)
                begin.yield(feed)
                return handle
            }
            for await event in events { heard.append(event) }
            return heard
        }
        let feed = try #require(await begun.first { _ in true })
        #expect(handle.cancelled == 0)
        hearing.cancel()
        #expect([[], [1]].contains(await hearing.value))
        #expect(handle.cancelled > 0)
        feed.tell(2)
    }

    @Test func aTaskThatWasCancelledWhileItBeganCancelsTheHandle() async throws {
        let handle = Fake()
        _ = try await Task {
            _ = try await Events<Int> { _ async in
                withUnsafeCurrentTask { $0?.cancel() }
                return handle
            }
        }.value
        #expect(handle.cancelled == 1)
    }

    @Test func leavingTheLoopCancelsNothingAndLetsTheHandleGo() async throws {
        weak var gone: Fake?
        do {
            let handle = Fake()
            gone = handle
            for await _ in Events({
                $0.tell(1)
                return handle
            }) { break }
            #expect(handle.cancelled == 0)
        }
        #expect(gone == nil)
    }

    @Test func whatComesWhileNobodyListensIsToldTogether() async throws {
        let handle = Fake()
        let (begun, begin) = AsyncStream<Feed<[Change]>>.makeStream()
        let events = Events(merge: together) { feed in
            for change in [Change.keys, .home, .keys, .draft] { feed.tell([change]) }
            begin.yield(feed)
            return handle
        }
        var heard = events.makeAsyncIterator()
        #expect(await heard.next() == [.keys, .home, .draft])
        let feed = try #require(await begun.first { _ in true })
        feed.tell([.activity])
        #expect(await heard.next() == [.activity])
    }

    @Test func whenTheCoreLetsGoTheSequenceEnds() async throws {
        let events = Events<Int> { feed in
            feed.tell(1)
            return Fake()
        }
        #expect(try await events.all() == [1])
    }
}
