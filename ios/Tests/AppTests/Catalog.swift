import Foundation
import Testing

/// A String Catalog.
struct Catalog {
    /// Its words in English, each under its key.
    let english: [String: String]

    init(_ name: String) throws {
        let file = try Files.json(Files.app.appendingPathComponent("\(name).xcstrings"))
        try #require(file["version"] as? String == "1.0")
        try #require(file["sourceLanguage"] as? String == "en")
        let strings = try #require(file["strings"] as? [String: [String: Any]])
        english = try strings.mapValues { entry in
            let languages = try #require(entry["localizations"] as? [String: [String: Any]])
            let unit = try #require(languages["en"]?["stringUnit"] as? [String: String])
            try #require(unit["state"] == "translated")
            return try #require(unit["value"])
        }
    }
}
