import Foundation
import PhoneinCore
@_spi(Outline) import SwiftUI
import Testing

@testable import Screens

/// Runs by itself: what other tests read on the main thread would be counted too.
@MainActor @Suite(.timeLimit(.minutes(2))) struct MainThreadTests {
    @Test func whatARustCallTakesIsNotTakenFromTheThreadThatDraws() async throws {
        let (intercom, anna) = (try await IntercomProcess(), try await Walk())
        try await anna.add(intercom, as: "Anna")
        try await anna.screen.wait(for: "Press to activate key")
        let before = bytesMovedByMainThread
        let rounds = 10
        for number in 1...rounds {
            try await anna.make("Key \(number)")
            try await anna.screen.wait(for: "share \"SHARE\"")
            try anna.screen.press("DONE")
            await anna.screen.pullToRefresh()
        }
        // Waking a thread that sleeps is a write of eight bytes; a page of the wallet has 4096, and every round reads and
        // writes many.
        #expect(bytesMovedByMainThread - before < rounds * 4_096)
    }
}

/// What the main thread has read and written in its life, by any system call.
private var bytesMovedByMainThread: Int {
    let lines =
        (try? String(contentsOfFile: "/proc/self/task/\(getpid())/io", encoding: .utf8))?.split(separator: "\n") ?? []
    let counts = lines.filter { $0.hasPrefix("rchar") || $0.hasPrefix("wchar") }
    return counts.compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +)
}
