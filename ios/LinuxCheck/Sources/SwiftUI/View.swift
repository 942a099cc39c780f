import Foundation

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Body { get }
}

/// A view that has no body and writes nodes. Underscored because Apple has no such thing.
@MainActor @preconcurrency public protocol _Drawn: View where Body == Never {
    func _draw(_ d: _Drawing)
}

extension _Drawn {
    public var body: Never { fatalError("\(Self.self) has no body") }
}

extension Never: View {
    public typealias Body = Never
    public var body: Never { fatalError() }
}

@resultBuilder public struct ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }

    @available(*, unavailable, message: "this expression does not conform to 'View'")
    public static func buildExpression(_ invalid: Any) -> some View { EmptyView() }

    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }

    @MainActor public static func buildBlock<each Content: View>(
        _ content: repeat each Content
    ) -> TupleView<(repeat each Content)> {
        var parts: [any View] = []
        repeat parts.append(each content)
        return TupleView(parts: parts)
    }

    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }

    @MainActor public static func buildEither<T: View, F: View>(first: T) -> _ConditionalContent<T, F> {
        .init(first: first, second: nil)
    }

    @MainActor public static func buildEither<T: View, F: View>(second: F) -> _ConditionalContent<T, F> {
        .init(first: nil, second: second)
    }
}

public struct EmptyView: Sendable {
    public init() {}
}

extension EmptyView: _Drawn {
    public func _draw(_ d: _Drawing) {}
}

public struct TupleView<T>: _Drawn {
    let parts: [any View]

    public func _draw(_ d: _Drawing) {
        for (index, part) in parts.enumerated() { d.at("\(index)") { d.visit(part) } }
    }
}

public struct _ConditionalContent<TrueContent: View, FalseContent: View>: _Drawn {
    let first: TrueContent?
    let second: FalseContent?

    public func _draw(_ d: _Drawing) {
        if let first { d.at("then") { d.visit(first) } }
        if let second { d.at("else") { d.visit(second) } }
    }
}

extension Optional: View where Wrapped: View {
    public typealias Body = Never
    public var body: Never { fatalError() }
}

extension Optional: _Drawn where Wrapped: View {
    public func _draw(_ d: _Drawing) {
        if let self { d.at("some") { d.visit(self) } }
    }
}

public struct Group<Content> {
    let content: Content
}

extension Group: View, _Drawn where Content: View {
    public typealias Body = Never
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _draw(_ d: _Drawing) { d.visit(content) }
}
