import PhoneinBindings

/// What goes on in the core, one event after the other, and the handle that ends it.
///
/// Cancelling the task that waits for the next event ends what goes on, as ``cancel()`` does; the sequence then ends at
/// once, and whatever the core still says is ignored. Leaving the loop in any other way does what letting go of the
/// core's own handle does: a `Pairing` and a `ChangeSubscription` end, a tap goes on, since a door that was pressed opens
/// although the screen turned.
///
/// One task at a time may wait for events.
public struct Events<Event: Sendable>: AsyncSequence, Sendable {
    private let events: AsyncStream<Event>
    private let handle: any Handle

    /// Events of what `begin` begins, which gets the end they are fed into.
    init(_ begin: (Feed<Event>) async throws -> any Handle) async throws {
        let feed: Feed<Event>
        (events, feed) = Feed.make()
        handle = try await begin(feed)
        // UniFFI does not tell the core that the task was cancelled in the meantime.
        if Task.isCancelled { handle.cancel() }
    }

    /// The same for what begins without waiting.
    init(_ begin: (Feed<Event>) -> any Handle) {
        let feed: Feed<Event>
        (events, feed) = Feed.make()
        handle = begin(feed)
    }

    /// Ends what goes on. What it says to that is the last event; a subscription says nothing more.
    public func cancel() {
        handle.cancel()
    }

    /// Waits for one event after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var events: AsyncStream<Event>.AsyncIterator
        let handle: any Handle

        public mutating func next() async -> Event? {
            let handle = handle
            if Task.isCancelled { handle.cancel() }
            return await withTaskCancellationHandler {
                await events.next()
            } onCancel: {
                handle.cancel()
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(events: events.makeAsyncIterator(), handle: handle)
    }
}

/// What the core gives for something that goes on.
protocol Handle: AnyObject, Sendable {
    func cancel()
}

extension Pairing: Handle {}
extension ChangeSubscription: Handle {}
extension Unlock: Handle {}

/// What the core tells. When the core lets go of it, the events are over.
final class Feed<Event: Sendable>: Sendable {
    private let events: AsyncStream<Event>.Continuation

    private init(_ events: AsyncStream<Event>.Continuation) {
        self.events = events
    }

    static func make() -> (AsyncStream<Event>, Feed) {
        let (events, continuation) = AsyncStream<Event>.makeStream()
        return (events, Feed(continuation))
    }

    func tell(_ event: Event, isLast: Bool = false) {
        events.yield(event)
        if isLast { events.finish() }
    }

    deinit {
        events.finish()
    }
}

extension Feed: UnlockListener where Event == Tap {
    func onTap(tap: Tap, isFinal: Bool) {
        tell(tap, isLast: isFinal)
    }
}

extension Feed: PairingListener where Event == PairingProgress {
    func onPairing(progress: PairingProgress) {
        tell(progress, isLast: progress.isFinal())
    }
}

extension Feed: ChangeListener where Event == [Change] {
    func onChange(changes: [Change]) {
        tell(changes)
    }
}
