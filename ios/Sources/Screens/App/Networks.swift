import Foundation
import Network

/// Calls `changed` whenever the phone has a network and had none, or another one, until the task is cancelled.
@MainActor func networks(changed: @MainActor () async -> Void) async {
    let (paths, feed) = AsyncStream<Bool>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let monitor = NWPathMonitor()
    monitor.pathUpdateHandler = { feed.yield($0.status == .satisfied) }
    monitor.start(queue: .global())
    defer { monitor.cancel() }
    var isFirst = true
    for await isThere in paths {
        // The first says how it is already.
        if isThere && !isFirst { await changed() }
        isFirst = false
    }
}
