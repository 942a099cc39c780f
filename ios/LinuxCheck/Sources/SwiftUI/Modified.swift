import Foundation

/// A view and what a modifier makes of its drawing.
struct Modified<Content: View>: _Drawn {
    let content: Content
    let change: (_Drawing, () -> Void) -> Void

    /// What is modified has a place of its own: two modifiers that keep something do not share it.
    func _draw(_ d: _Drawing) { change(d) { d.at("~") { d.visit(content) } } }
}

extension View {
    func modified(_ change: @escaping (_Drawing, () -> Void) -> Void) -> Modified<Self> {
        Modified(content: self, change: change)
    }

    func noted(_ change: @escaping (inout Node) -> Void) -> Modified<Self> {
        modified { d, draw in d.amend(draw, by: change) }
    }

    func followed(_ add: @escaping (_Drawing) -> Void) -> Modified<Self> {
        modified { d, draw in
            draw()
            add(d)
        }
    }

    func inside(_ change: @escaping (inout EnvironmentValues) -> Void) -> Modified<Self> {
        modified { d, draw in d.with(change, draw: draw) }
    }
}

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = _ViewModifier_Content<Self>
    @ViewBuilder @MainActor @preconcurrency func body(content: Content) -> Body
}

public struct _ViewModifier_Content<Modifier: ViewModifier>: _Drawn {
    let view: any View

    public func _draw(_ d: _Drawing) { d.visit(view) }
}

public struct ModifiedContent<Content, Modifier> {
    var content: Content
    var modifier: Modifier
}

extension ModifiedContent: View, _Drawn where Content: View, Modifier: ViewModifier {
    public typealias Body = Never

    public func _draw(_ d: _Drawing) {
        d.at("\(Modifier.self)") {
            d.connect(modifier)
            d.visit(d.track { modifier.body(content: .init(view: content)) })
        }
    }
}

extension View {
    public func modifier<T>(_ modifier: T) -> ModifiedContent<Self, T> { .init(content: self, modifier: modifier) }
}
