import Foundation
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
    private let unheard: Unheard<Event>
    private let handle: any Handle

    /// Events of what `begin` begins, which gets the end they are fed into.
    init(_ begin: (Feed<Event>) async throws -> any Handle) async throws {
        unheard = Unheard()
        handle = try await begin(Feed(unheard))
        // UniFFI does not tell the core that the task was cancelled in the meantime.
        if Task.isCancelled { handle.cancel() }
    }

    /// The same for what begins without waiting. With `merge`, what is told while nobody listens becomes one event.
    init(merge: (@Sendable (Event, Event) -> Event)? = nil, _ begin: (Feed<Event>) -> any Handle) {
        unheard = Unheard(merge: merge)
        handle = begin(Feed(unheard))
    }

    /// Ends what goes on. What it says to that is the last event; a subscription says nothing more.
    public func cancel() {
        handle.cancel()
    }

    /// Waits for one event after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let unheard: Unheard<Event>
        var signals: AsyncStream<Void>.AsyncIterator
        let handle: any Handle

        public mutating func next() async -> Event? {
            let handle = handle
            while !Task.isCancelled {
                if let event = unheard.take() { return event }
                let isMore = await withTaskCancellationHandler {
                    await signals.next() != nil
                } onCancel: {
                    handle.cancel()
                }
                if !isMore && !Task.isCancelled { return unheard.take() }
            }
            handle.cancel()
            return nil
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(unheard: unheard, signals: unheard.signals.makeAsyncIterator(), handle: handle)
    }
}

/// What the core gives for something that goes on.
protocol Handle: AnyObject, Sendable {
    func cancel()
}

extension Pairing: Handle {}
extension ChangeSubscription: Handle {}
extension Unlock: Handle {}

/// What was told and nobody has taken yet.
final class Unheard<Event: Sendable>: @unchecked Sendable {
    /// One whenever there may be more to take; they end when there will be no more.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let merge: (@Sendable (Event, Event) -> Event)?
    private let lock = NSLock()
    private var events: [Event] = []

    init(merge: (@Sendable (Event, Event) -> Event)? = nil) {
        self.merge = merge
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ event: Event) {
        lock.withLock {
            let waiting = merge == nil ? nil : events.popLast()
            events.append(waiting.flatMap { merge?($0, event) } ?? event)
        }
        signal.yield()
    }

    func take() -> Event? { lock.withLock { events.isEmpty ? nil : events.removeFirst() } }

    func end() { signal.finish() }
}

/// What the core tells. When the core lets go of it, the events are over.
final class Feed<Event: Sendable>: Sendable {
    private let unheard: Unheard<Event>

    init(_ unheard: Unheard<Event>) {
        self.unheard = unheard
    }

    func tell(_ event: Event, isLast: Bool = false) {
        unheard.add(event)
        if isLast { unheard.end() }
    }

    deinit {
        unheard.end()
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
