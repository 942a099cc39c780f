#if os(Linux)
    import Foundation
    import PhoneinCore
    import Testing

    /// No call does its work on the thread that calls, which may be the one that draws.
    @Suite(.timeLimit(.minutes(2))) struct ThreadTests {
        @Test func whoeverCallsNeitherReadsNorWritesNorSigns() async throws {
            let (intercom, keys, caller) = (try await IntercomProcess("--inner-door"), try ShellKeys(), OneThread())
            let anna = try await Phone(keys: keys)
            let home = try await anna.pair(intercom, as: "Anna")
            try await anna.core.sync()
            let before = caller.moved
            let rounds = 20
            try await withTaskExecutorPreference(caller) {
                for number in 1...rounds { try await callAround(anna.core, home, number) }
            }
            // Waking a thread that sleeps is a write of eight bytes. A page of the wallet has 4096, and every round
            // reads and writes many.
            #expect(caller.moved - before < rounds * 4_096)
            #expect(caller.ran > rounds, "the calls were made there")
            #expect(keys.threads == ["phonein"])
        }

        private func callAround(_ core: Phonein, _ home: String, _ number: Int) async throws {
            let wizard = try await core.newKey(intercom: home)
            wizard.setName(name: "Key \(number)")
            wizard.setUnlimited(on: false)
            _ = wizard.state()
            let key = try await wizard.save()
            _ = try await core.share(id: key)
            try await core.markShared(id: key)
            _ = try await core.home()
            _ = try await core.keys(search: "key")
            _ = try await core.settings(intercom: home)
            _ = try await core.exportActivity(format: ExportFormat.json)
            core.setLocale(locale: "en", dayClock: DayClock.twelve, zone: "Europe/Budapest")
        }
    }

    /// Runs everything on one thread.
    final class OneThread: TaskExecutor, @unchecked Sendable {
        private let state = NSCondition()
        private var jobs: [UnownedJob] = []
        private var path = ""
        private(set) var ran = 0

        init() {
            Thread.detachNewThread { [unowned self] in run() }
            state.withLock { while path.isEmpty { state.wait() } }
        }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            state.withLock { jobs.append(job) }
            state.signal()
        }

        private func run() -> Never {
            state.withLock { path = currentThread.path }
            state.signal()
            while true {
                let job = state.withLock {
                    while jobs.isEmpty { state.wait() }
                    ran += 1
                    return jobs.removeFirst()
                }
                job.runSynchronously(on: asUnownedTaskExecutor())
            }
        }

        /// How many bytes the thread has read and written in its life, by any system call.
        var moved: Int {
            let lines = (try? String(contentsOfFile: "\(path)/io", encoding: .utf8))?.split(separator: "\n") ?? []
            let counts = lines.filter { $0.hasPrefix("rchar") || $0.hasPrefix("wchar") }
            return counts.compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +)
        }
    }
#endif
