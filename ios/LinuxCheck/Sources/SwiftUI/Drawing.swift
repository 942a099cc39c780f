import Foundation
import Observation

/// Raised where something changed that a drawing had read; any thread may.
final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var isUp = true
    private var names: Set<String> = []

    func raise(by name: String? = nil) {
        lock.withLock {
            isUp = true
            if let name { names.insert(name) }
        }
    }

    func lower() -> Bool {
        lock.withLock {
            defer { isUp = false }
            return isUp
        }
    }

    /// The views whose own bodies had read it.
    func takeNames() -> Set<String> {
        lock.withLock {
            defer { names = [] }
            return names
        }
    }
}

/// What outlives a single drawing: cells by their place, and what is to run once it is drawn.
@MainActor final class Store {
    let dirty = Flag()
    var cells: [String: AnyObject] = [:]
    var gone: [String: () -> Void] = [:]
    var seen: Set<String> = []
    var after: [() -> Void] = []
    var refresh: (@Sendable () async -> Void)?
    var opened: ((URL) -> Void)?
    var felt: [SensoryFeedback] = []
    var scrolledTo: [AnyHashable] = []

    /// Lets go of what no place owns any more.
    func sweep() {
        let lost = cells.keys.filter { !seen.contains($0) }
        seen = []
        for key in lost {
            cells[key] = nil
            gone.removeValue(forKey: key)?()
        }
    }
}

/// Walks a tree of views into nodes. A place in the tree owns its state, as in SwiftUI.
@MainActor public final class _Drawing {
    var nodes: [Node] = []
    var env = EnvironmentValues()
    let store: Store
    private var path: [String] = []
    /// The view whose body is being drawn.
    private var owner = ""

    init(store: Store) {
        self.store = store
    }

    func visit<V: View>(_ view: V) {
        if let drawn = view as? any _Drawn { return drawn._draw(self) }
        at("\(V.self)") {
            connect(view)
            let before = owner
            owner = "\(V.self)"
            visit(track { view.body })
            owner = before
        }
    }

    /// Notes whose body it was that read what changes later.
    func track<Result>(_ read: () -> Result) -> Result {
        let (dirty, owner) = (store.dirty, owner)
        return withObservationTracking(read) { dirty.raise(by: owner) }
    }

    func connect(_ holder: Any) {
        for property in Mirror(reflecting: holder).children {
            (property.value as? any Connected)?.connect(self, property.label ?? "")
        }
    }

    func at(_ step: String, _ draw: () -> Void) {
        path.append(step)
        draw()
        path.removeLast()
    }

    /// The cell that lives at this place under `name`: that of the drawing before, if there was one.
    func keep<V>(_ name: String, _ fresh: @autoclosure () -> Cell<V>, gone: (() -> Void)? = nil) -> Cell<V> {
        let key = (path + [name]).joined(separator: "/")
        store.seen.insert(key)
        if let old = store.cells[key] as? Cell<V> { return old }
        let cell = fresh()
        let dirty = store.dirty
        cell.changed = { dirty.raise() }
        store.cells[key] = cell
        store.gone[key] = gone
        return cell
    }

    func with(_ change: (inout EnvironmentValues) -> Void, draw: () -> Void) {
        let old = env
        change(&env)
        draw()
        env = old
    }
}

/// Collecting nodes.
extension _Drawing {
    func collect(_ draw: () -> Void) -> [Node] {
        let old = nodes
        nodes = []
        draw()
        defer { nodes = old }
        return nodes
    }

    func collect(_ view: some View) -> [Node] { collect { visit(view) } }

    func words(_ view: some View) -> String { collect(view).words }

    func amend(_ draw: () -> Void, by change: (inout Node) -> Void) {
        let start = nodes.count
        draw()
        for index in start..<nodes.count {
            // A change may draw.
            var node = nodes[index]
            change(&node)
            nodes[index] = node
        }
    }

    func add(_ node: Node) {
        var node = node
        if !env.isEnabled && node.isControl { node.notes.append("disabled") }
        nodes.append(node)
    }

    func group(_ kind: String, _ label: String = "", value: String? = nil, _ draw: () -> Void) {
        nodes.append(Node(kind: kind, label: label, value: value, children: collect(draw)))
    }

    /// A sheet, an alert or a dialog above what is drawn so far.
    func layer(
        _ kind: String, _ label: String = "", asks: Bool = false, close: @escaping () -> Void, _ draw: () -> Void
    ) {
        at(kind) {
            with {
                $0.dismiss = DismissAction(action: close)
                $0.own["isPresented"] = true
                $0.isEnabled = true
            } draw: {
                let inside = collect {
                    amend(draw) { if asks { closes(&$0, close) } }
                    if asks && !nodes.contains(where: \.isControl) {
                        add(Node(kind: "button", label: "OK", press: close))
                    }
                }
                var layer = Node(kind: kind, label: label, children: inside)
                layer.press = asks ? nil : close
                nodes.append(layer)
            }
        }
    }

    /// A press in an alert or a dialog closes it, in groups too.
    private func closes(_ node: inout Node, _ close: @escaping () -> Void) {
        if let press = node.press {
            node.press = {
                press()
                close()
            }
        }
        for index in node.children.indices { closes(&node.children[index], close) }
    }
}
