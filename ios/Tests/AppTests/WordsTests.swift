import Foundation
import Testing

/// The few words that the system shows without running the app. All others come from the core.
struct WordsTests {
    @Test func whatShortcutsAreCalledIsInTheCatalog() throws {
        let code = try Files.all(under: Files.app, ".swift").map(Files.text).joined()
        var words = try code.matches(of: #"LocalizedStringResource = "([^"]+)""#)
        words += try code.matches(of: #"IntentDescription\("([^"]+)"\)"#)
        words += try code.matches(of: #"shortTitle: "([^"]+)""#)
        #expect(!words.isEmpty)
        let catalog = try Catalog("Localizable").english
        #expect(Set(words) == Set(catalog.keys))
        for (key, value) in catalog { #expect(key == value) }
    }

    /// Siri hears only what names the app.
    @Test func everyPhraseNamesTheApp() throws {
        let code = try Files.all(under: Files.app, ".swift").map(Files.text).joined()
        let phrases = try #require(try code.matches(of: #"phrases: \[([^\]]*)\]"#).first)
        let each = try phrases.matches(of: #""([^"]+)""#)
        #expect(!each.isEmpty)
        for phrase in each { #expect(phrase.contains(#"\(.applicationName)"#), "\(phrase)") }
    }

    @Test func theShortcutsSymbolIsInTheList() throws {
        let code = try Files.all(under: Files.app, ".swift").map(Files.text).joined()
        let names = try code.matches(of: #"systemImageName: "([^"]+)""#)
        #expect(!names.isEmpty)
        let known = try Files.text(Files.ios.appendingPathComponent("Symbols.txt")).split(separator: "\n")
            .map { String($0.prefix { $0 != " " }) }
        for name in names { #expect(known.contains(name), "\(name)") }
    }

    @Test func noOtherWordStandsInTheApp() throws {
        for file in try Files.all(under: Files.app, ".swift") {
            let shown = try Files.text(file).matches(of: #"(?:Text|Label|Button|Toggle|navigationTitle)\("([^"]+)""#)
            #expect(shown.isEmpty, "\(file.lastPathComponent)")
        }
    }
}
