import PhoneinCore
import UIKit

/// What goes on for a moment when the app is behind others.
@MainActor final class Afterwards {
    private var running = UIBackgroundTaskIdentifier.invalid

    /// Asks the system for the time that `work` takes; it grants half a minute at least.
    func run(_ work: @escaping @Sendable () async -> Void) {
        guard running == .invalid else { return }
        running = UIApplication.shared.beginBackgroundTask { [weak self] in self?.end() }
        Task {
            await work()
            end()
        }
    }

    private func end() {
        guard running != .invalid else { return }
        UIApplication.shared.endBackgroundTask(running)
        running = .invalid
    }
}

extension Phonein {
    /// Returns when no door is being asked.
    func settled() async {
        // Listens first: what ends in between is not missed.
        let changes = changes()
        guard await isAsking() else { return }
        for await _ in changes {
            if await !isAsking() { return }
        }
    }

    private func isAsking() async -> Bool {
        let doors = (try? await home())?.intercoms.flatMap(\.doors) ?? []
        return doors.contains { $0.tap.look == .working }
    }
}
