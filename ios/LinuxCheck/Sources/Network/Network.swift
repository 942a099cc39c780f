// What the system says of the phone's networks.
import Dispatch
import Foundation

public struct NWPath: Equatable, Sendable {
    public enum Status: Sendable { case satisfied, unsatisfied, requiresConnection }
    public let status: Status
}

public final class NWPathMonitor {
    public final var pathUpdateHandler: (@Sendable (NWPath) -> Void)?

    public init() {}

    /// The first update says how it is now.
    public func start(queue: DispatchQueue) {
        guard let handler = pathUpdateHandler else { return }
        Self.running.withLock { $0[ObjectIdentifier(self)] = (queue, handler) }
        queue.async { handler(NWPath(status: .satisfied)) }
    }

    public func cancel() { Self.running.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(self)) } }

    deinit { cancel() }

    /// The networks of all phones of this process became others.
    @_spi(Test) public static func tell(_ status: NWPath.Status) {
        for (queue, handler) in running.withLock({ Array($0.values) }) {
            queue.async { handler(NWPath(status: status)) }
        }
    }

    private typealias Handlers = [ObjectIdentifier: (DispatchQueue, @Sendable (NWPath) -> Void)]

    private final class Running: @unchecked Sendable {
        private let lock = NSLock()
        private var handlers: Handlers = [:]
        func withLock<R>(_ use: (inout Handlers) -> R) -> R { lock.withLock { use(&handlers) } }
    }
    private static let running = Running()
}
