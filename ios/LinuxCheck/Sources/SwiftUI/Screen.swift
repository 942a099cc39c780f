import Foundation
import Observation

/// A screen under test: read it as an outline, act on it as a person would.
///
///     @_spi(Outline) import SwiftUI
///     let screen = Screen(NewKeyScreen(model: model))
///     try screen.type("Anna", into: "Name")
///     try screen.press("CREATE KEY")
@_spi(Outline) @MainActor public final class Screen {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let root: any View
    private let store = Store()
    private var drawn: [Node] = []
    private var typing: Node?
    /// How often it was drawn.
    public private(set) var drawings = 0
    /// The views whose own bodies read what has changed since this was emptied.
    public var redrawn: Set<String> = []

    public init<V: View>(_ root: V) {
        self.root = root
    }

    /// Drawn again only when a @State or an @Observable that the last drawing read has changed: what would stay stale
    /// on a phone stays stale here.
    public var nodes: [Node] {
        for _ in 0..<20 {
            guard store.dirty.lower() else { return drawn }
            redrawn.formUnion(store.dirty.takeNames())
            let drawing = _Drawing(store: store)
            let dirty = store.dirty
            withObservationTracking {
                drawing.visit(root)
            } onChange: {
                dirty.raise()
            }
            drawings += 1
            drawn = drawing.nodes
            store.sweep()
            let after = store.after
            store.after = []
            for act in after { act() }
        }
        fatalError(
            "the screen changes itself each time it is drawn:\n\(drawn.map { $0.outline() }.joined(separator: "\n"))")
    }

    public var outline: String { nodes.map { $0.outline() }.joined(separator: "\n") }

    /// Controls without a word for a screen reader.
    public var unnamed: [String] {
        nodes.all.filter { $0.isControl && !$0.isLayer && $0.isSpoken && $0.name.isEmpty }.map { $0.outline() }
    }

    /// What the hand felt so far.
    public var felt: [SensoryFeedback] {
        _ = nodes
        return store.felt
    }

    /// To what the screen scrolled by itself.
    public var scrolledTo: [AnyHashable] {
        _ = nodes
        return store.scrolledTo
    }

    /// The screen is gone: its tasks are cancelled, and nothing of it is held.
    public func close() {
        drawn = []
        typing = nil
        store.refresh = nil
        store.opened = nil
        store.seen = []
        store.sweep()
    }
}

/// What a person does.
extension Screen {
    public func find(_ name: String, where fits: (Node) -> Bool = { _ in true }) throws -> Node {
        let found = Self.top(nodes).all.filter {
            ($0.label == name || $0.spoken == name || $0.identifier == name) && fits($0)
        }
        guard let first = found.first else {
            throw Failure(description: "there is no \"\(name)\" to act on in\n\(outline)")
        }
        guard found.count == 1 else {
            throw Failure(description: "\"\(name)\" is there \(found.count) times in\n\(outline)")
        }
        return first
    }

    public func press(_ name: String) throws {
        let pressed: (Node) -> Bool = { $0.press != nil && !$0.isLayer }
        try act(on: name, pressed) { $0.press?() }
    }

    /// Presses what a swipe, a menu or a long press shows; the first, where rows have the same.
    public func press(_ name: String, in kind: String) throws {
        let shown = Self.top(nodes).all.filter { $0.kind == kind }.flatMap(\.children.all)
        guard let node = shown.first(where: { $0.name == name && $0.press != nil }) else {
            throw Failure(description: "there is no \"\(name)\" in a \(kind) of\n\(outline)")
        }
        node.press?()
    }

    public func type(_ text: String, into name: String) throws {
        let field: (Node) -> Bool = { $0.kind == "field" }
        try act(on: name, field) {
            if typing?.label != $0.label { endTyping() }
            typing = $0
            $0.focus?(true)
            $0.enter?(text)
        }
    }

    /// Puts the keyboard away.
    public func endTyping() {
        typing?.focus?(false)
        typing = nil
    }

    public func set(_ date: Date, for name: String) throws { try enter(date, "date", name) }
    public func turn(_ name: String, on: Bool) throws { try enter(on, "toggle", name) }

    public func pick(_ option: String, from name: String) throws {
        let offers: (Node) -> Bool = { $0.kind == "picker" && $0.children.all.contains { $0.name == option } }
        try act(on: name, offers) { picker in
            guard let tag = picker.children.all.first(where: { $0.name == option })?.tag else {
                throw Failure(description: "\"\(name)\" does not offer \"\(option)\":\n\(picker.outline())")
            }
            picker.enter?(tag)
        }
    }

    /// Puts text on the clipboard and presses the system's button for it.
    public func paste(_ text: String) throws {
        guard let button = Self.top(nodes).all.first(where: { $0.kind == "paste" }) else {
            throw Failure(description: "nothing takes what is on the clipboard in\n\(outline)")
        }
        button.enter?(text)
    }

    /// The file behind a share button.
    public func file(_ name: String) async throws -> Data {
        let node = try find(name) { $0.kind == "share" }
        guard let export = node.export else { throw Failure(description: "\"\(name)\" shares no file") }
        return try await export()
    }

    /// Pulls the topmost sheet down.
    public func pullDown() throws {
        guard let sheet = nodes.all.last(where: { $0.kind == "sheet" }) else {
            throw Failure(description: "no sheet lies on\n\(outline)")
        }
        sheet.press?()
    }

    public func open(_ url: URL) {
        _ = nodes
        store.opened?(url)
    }

    public func pullToRefresh() async {
        _ = nodes
        await store.refresh?()
    }

    /// Waits until the outline has `text`, which tasks under way may bring.
    public func wait(for text: String, within limit: Duration = .seconds(20)) async throws {
        try await wait(within: limit, "\"\(text)\" did not appear") { outline.contains(text) }
    }

    /// Waits until the outline has `text` no more.
    public func wait(without text: String, within limit: Duration = .seconds(20)) async throws {
        try await wait(within: limit, "\"\(text)\" did not go away") { !outline.contains(text) }
    }

    private func wait(within limit: Duration, _ failure: String, until isSo: () -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while !isSo() {
            if ContinuousClock.now > end { throw Failure(description: "\(failure) in\n\(outline)") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func enter(_ value: Any, _ kind: String, _ name: String) throws {
        let fits: (Node) -> Bool = { $0.kind == kind }
        try act(on: name, fits) { $0.enter?(value) }
    }

    private func act(on name: String, _ fits: (Node) -> Bool, _ action: (Node) throws -> Void) throws {
        let node = try find(name, where: fits)
        guard node.isEnabled else { throw Failure(description: "\"\(name)\" is disabled in\n\(outline)") }
        try action(node)
    }

    /// Only the topmost sheet, alert or dialog can be touched.
    private static func top(_ nodes: [Node]) -> [Node] {
        guard let layer = nodes.all.last(where: \.isLayer) else { return nodes }
        return top(layer.children)
    }
}
