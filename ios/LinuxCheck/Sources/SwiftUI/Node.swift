import Foundation

/// One thing a person sees, hears or can act on.
@_spi(Outline) public struct Node {
    public var kind: String
    public var label = ""
    public var spoken: String?
    public var hint: String?
    public var identifier: String?
    public var value: String?
    public var notes: [String] = []
    public var children: [Node] = []
    public var tag: AnyHashable?
    public var press: (() -> Void)?
    public var enter: ((Any) -> Void)?
    /// Told when the person begins and ends to type here.
    public var focus: ((Bool) -> Void)?
    /// The file that would be shared.
    public var export: (@Sendable () async throws -> Data)?

    public var isLayer: Bool { ["sheet", "cover", "alert", "dialog"].contains(kind) }
    public var isEnabled: Bool { !notes.contains("disabled") }
    public var isControl: Bool { press != nil || enter != nil }
    public var isSpoken: Bool { !notes.contains("not spoken") }
    /// What a screen reader says first.
    public var name: String { spoken ?? label }

    func outline(_ depth: Int = 0) -> String {
        var line = String(repeating: "  ", count: depth)
        line += kind == "text" ? "\"\(label)\"" : kind + (label.isEmpty ? "" : " \"\(label)\"")
        if let value { line += " = \(value)" }
        if let spoken, spoken != label { line += " spoken \"\(spoken)\"" }
        if let hint { line += " hint \"\(hint)\"" }
        line = ([line] + notes).joined(separator: " ")
        return ([line] + children.map { $0.outline(depth + 1) }).joined(separator: "\n")
    }
}

extension [Node] {
    /// The words in these nodes, as one label.
    var words: String {
        let words = filter(\.isSpoken).flatMap { [$0.kind == "image" ? $0.spoken ?? "" : $0.name, $0.children.words] }
        return words.filter { !$0.isEmpty }.joined(separator: ", ")
    }

}

@_spi(Outline) extension [Node] {
    /// These, and all that is inside.
    public var all: [Node] { flatMap { [$0] + $0.children.all } }
}
