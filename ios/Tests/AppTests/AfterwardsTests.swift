import Testing
@_spi(Test) import UIKit

@testable import PhoneinApp

@MainActor @Suite(.serialized, .timeLimit(.minutes(1))) struct AfterwardsTests {
    /// Work that takes until the gate is opened.
    private let gate = AsyncStream<Never>.makeStream()

    private func work() async {
        for await _ in gate.stream {}
    }

    @Test func theTimeIsGivenBackWhenTheWorkIsDone() async throws {
        let afterwards = Afterwards()
        afterwards.run { await work() }
        afterwards.run { Issue.record("it asked for more time while it has some") }
        #expect(UIApplication.granted.count == 1)
        gate.continuation.finish()
        while !UIApplication.granted.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func theTimeIsGivenBackWhenItIsUp() async throws {
        let afterwards = Afterwards()
        afterwards.run { await work() }
        let expire = try #require(UIApplication.granted.values.first)
        expire()
        #expect(UIApplication.granted.isEmpty)
        // The work ends later, and nothing is given back twice.
        gate.continuation.finish()
        afterwards.run {}
        while !UIApplication.granted.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }
}
