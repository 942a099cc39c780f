import Foundation
@_spi(Outline) import SwiftUI
import Testing

/// What is compared, all of it or from a sheet on, with the files in `Outlines`. `PHONEIN_OUTLINES=write` writes them anew: read what git shows then.
@MainActor func expectOutline(
    _ screen: Screen, _ name: String, hiding: [String: String] = [:], only layer: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Outlines/\(name).txt")
    var outline = screen.outline + "\n"
    let lines = outline.split(separator: "\n", omittingEmptySubsequences: false)
    if let layer, let start = lines.lastIndex(where: { $0.drop { $0 == " " } == layer }) {
        let depth = lines[start].prefix { $0 == " " }
        let inside = lines[(start + 1)...].prefix { $0.hasPrefix(depth + " ") }
        outline = ([lines[start]] + inside).map { $0.dropFirst(depth.count) + "\n" }.joined()
    }
    for (words, stand) in hiding { outline = outline.replacingOccurrences(of: words, with: stand) }
    #expect(screen.unnamed == [], "\(name): a screen reader has no word for these", sourceLocation: sourceLocation)
    if ProcessInfo.processInfo.environment["PHONEIN_OUTLINES"] == "write" {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try outline.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(outline == kept, "\(name) is not as it was kept", sourceLocation: sourceLocation)
}
