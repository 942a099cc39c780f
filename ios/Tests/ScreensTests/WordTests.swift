import Foundation
import Testing

@testable import Screens

/// Words come from the core, names of symbols from a list.
@Suite struct WordTests {
    /// Names of colours and symbols, of a place, and what is put between two of the core's words.
    private let allowed = ["App/Tint.swift", "App/Symbol.swift"]
    private let names: Set = ["Stage"]

    @Test func noWordStandsInAScreen() throws {
        for (file, text) in try sources() where !allowed.contains(file) {
            for line in text.split(separator: "\n") {
                let code = line.split(separator: "//", omittingEmptySubsequences: false)[0]
                for literal in code.matches(of: /"((?:[^"\\]|\\.)*)"/) {
                    let shown = literal.1.replacing(/\\\([^)]*\)/, with: "")
                    let isWord = shown.contains { $0.isLetter } && !names.contains(String(shown))
                    #expect(!isWord, "\(file): \"\(shown)\" is for the core to say")
                }
            }
        }
    }

    @Test func everySymbolIsKnownToTheOldestSystem() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Symbols.txt")
        let lines = try String(contentsOf: file.standardizedFileURL, encoding: .utf8).split(separator: "\n")
        let known = lines.filter { !$0.hasPrefix("#") }.reduce(into: [String: Double]()) { known, line in
            let parts = line.split(separator: " ")
            known[String(parts[0])] = Double(parts[1])
        }
        for symbol in Symbol.allCases {
            let since = try #require(known[symbol.rawValue], "\(symbol.rawValue) is not in Symbols.txt")
            #expect(since <= 17)
        }
        #expect(known.count == Symbol.allCases.count, "Symbols.txt has what no screen shows")
    }

    @Test func symbolsAndColoursAreNamedInOnePlace() throws {
        for (file, text) in try sources() where !allowed.contains(file) {
            for call in ["systemImage:", "systemName:", "Color(\""] {
                #expect(!text.contains(call), "\(file) has \(call)")
            }
        }
    }
}
