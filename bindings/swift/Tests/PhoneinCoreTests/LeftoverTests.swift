#if os(Linux)
    import Foundation
    import PhoneinCore
    import Testing

    /// What is let go of is gone: memory, files, threads and listeners are as before. Runs by itself: what other tests
    /// hold would be counted too.
    @Suite(.serialized, .timeLimit(.minutes(3))) struct LeftoverTests {
        @Test func tenThousandRoundsOfOpeningAndClosingLeaveNothingBehind() async throws {
            let intercom = try await IntercomProcess()
            let anna = try await Phone()
            let home = try await anna.pair(intercom, as: "Anna")
            try await leavesNothing(warmUp: 2_000, rounds: 10_000) {
                anna.core.watch(listener: Deaf()).cancel()
                _ = try await anna.core.newKey(intercom: home)
                _ = try await anna.core.stayReady(intercom: home)
            }
            withExtendedLifetime(intercom) {}
        }

        @Test func aHundredStartsOfTheCoreLeaveNothingBehind() async throws {
            let directory = try temporaryDirectory()
            try await leavesNothing(warmUp: 20, rounds: 100) {
                _ = try await Phone.start(in: directory).home()
            }
        }

        private func leavesNothing(warmUp: Int, rounds: Int, _ round: () async throws -> Void) async throws {
            for _ in 1...warmUp { try await round() }
            let (before, memory) = (held, kibibytes)
            for _ in 1...rounds { try await round() }
            // What runs in the background ends in its own time.
            while zip(held, before).contains(where: >) { try await Task.sleep(for: .milliseconds(100)) }
            #expect(kibibytes - memory < 8_192)
        }

        /// How many files, threads of the core's and listeners there are.
        private var held: [Int] {
            let files = FileManager.default
            let threads = (try? files.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
            let names = threads.map { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
            let open = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            return [open.count, names.count { $0 == "phonein\n" }, Deaf.alive]
        }

        private var kibibytes: Int {
            let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            return Int(line.filter(\.isNumber)) ?? 0
        }
    }

    /// Listens to nothing, and is counted.
    private final class Deaf: ChangeListener {
        private static let lock = NSLock()
        nonisolated(unsafe) private static var count = 0
        static var alive: Int { lock.withLock { count } }

        init() { Self.lock.withLock { Self.count += 1 } }
        deinit { Self.lock.withLock { Self.count -= 1 } }
        func onChange(changes: [Change]) {}
    }

#endif
