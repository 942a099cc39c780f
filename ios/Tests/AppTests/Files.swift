import Foundation
import Testing

/// What lies in the repository.
enum Files {
    static let ios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardized
    static let app = ios.appendingPathComponent("App")
    static let root = ios.deletingLastPathComponent()

    static func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

    /// Of any form, Xcode's own too.
    static func plist(_ file: URL) throws -> [String: Any] {
        let list = try PropertyListSerialization.propertyList(from: Data(contentsOf: file), format: nil)
        return try #require(list as? [String: Any], "\(file.lastPathComponent)")
    }

    static func json(_ file: URL) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(object as? [String: Any], "\(file.lastPathComponent)")
    }

    /// The settings of Phonein.xcconfig.
    static func settings() throws -> [String: String] {
        var settings: [String: String] = [:]
        for line in try text(ios.appendingPathComponent("Phonein.xcconfig")).split(separator: "\n") {
            let parts = line.split(separator: " = ", maxSplits: 1).map(String.init)
            if !line.hasPrefix("//"), parts.count == 2 { settings[parts[0]] = parts[1] }
        }
        return settings
    }

    static func all(under folder: URL, _ end: String) throws -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.allObjects as? [URL] ?? []).filter { $0.path.hasSuffix(end) }
    }

    /// All Swift that reaches a phone, but what is generated.
    static func swift() throws -> [String] {
        let package = root.appendingPathComponent("bindings/swift/Sources")
        let folders = [app, ios.appendingPathComponent("Sources"), package]
        let files = try folders.flatMap { try all(under: $0, ".swift") }
        #expect(files.count > 10)
        return try files.map(text)
    }
}

extension String {
    /// What stands in the parentheses of `pattern`, wherever it fits.
    func matches(of pattern: String) throws -> [String] {
        let whole = NSRange(startIndex..., in: self)
        return try NSRegularExpression(pattern: pattern).matches(in: self, range: whole)
            .compactMap { Range($0.range(at: 1), in: self).map { String(self[$0]) } }
    }
}
