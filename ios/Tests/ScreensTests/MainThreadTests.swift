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
        let before = bytesMovedOutsideTheCore
        let rounds = 10
        for number in 1...rounds {
            try await anna.make("Key \(number)")
            try await anna.screen.wait(for: "share \"SHARE\"")
            try anna.screen.press("DONE")
            await anna.screen.pullToRefresh()
        }
        // Waking a thread that sleeps is a write of eight bytes; a page of the wallet has 4096, and every round reads and
        // writes many.
        let moved = bytesMovedOutsideTheCore - before
        #expect(moved > 0, "what is read here is counted too")
        #expect(moved < rounds * 4_096)
    }
}

/// What all threads but the core's own have read and written, by any system call. On Linux no one of them is the one that
/// draws: whichever is free takes what is for the main actor.
private var bytesMovedOutsideTheCore: Int {
    let threads = "/proc/self/task"
    func read(_ thread: String, _ file: String) -> String {
        (try? String(contentsOfFile: "\(threads)/\(thread)/\(file)", encoding: .utf8)) ?? ""
    }
    let ids = (try? FileManager.default.contentsOfDirectory(atPath: threads)) ?? []
    let lines = ids.filter { !read($0, "comm").hasPrefix("phonein") }.flatMap { read($0, "io").split(separator: "\n") }
    let counts = lines.filter { $0.hasPrefix("rchar") || $0.hasPrefix("wchar") }
    return counts.compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +)
}
