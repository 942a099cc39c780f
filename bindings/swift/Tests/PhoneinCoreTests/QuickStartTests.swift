import Foundation
import Testing

/// The quick start that both READMEs show is the one in Snippets, and it runs.
@Suite(.timeLimit(.minutes(2))) struct QuickStartTests {
    private let package = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized

    @Test func theReadmeShowsWhatRuns() async throws {
        let snippet = try String(contentsOf: package.appending(path: "Snippets/QuickStart.swift"), encoding: .utf8)
        for path in ["README.md", "../../README.md"] {
            let readme = try String(contentsOf: package.appending(path: path), encoding: .utf8)
            #expect(readme.contains("```swift\n\(snippet)```"), "\(path)")
        }

        let (intercom, output) = (try await IntercomProcess(), Pipe())
        let start = Process()
        let tests = URL(fileURLWithPath: CommandLine.arguments[0])
        start.executableURL = tests.deletingLastPathComponent().appending(path: "QuickStart")
        start.arguments = [intercom.code]
        start.currentDirectoryURL = try temporaryDirectory()
        start.standardOutput = output
        try start.run()
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        for words in ["Added", "Anna sends you a key to Home.", "Key active"] {
            #expect(printed.contains(words), "\(printed)")
        }
    }
}
