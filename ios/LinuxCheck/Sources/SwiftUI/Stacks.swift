import Foundation

public struct HorizontalAlignment: Equatable, Sendable {
    public static let leading = HorizontalAlignment()
    public static let center = HorizontalAlignment()
    public static let trailing = HorizontalAlignment()
}

public struct VerticalAlignment: Equatable, Sendable {
    public static let top = VerticalAlignment()
    public static let center = VerticalAlignment()
    public static let bottom = VerticalAlignment()
    public static let firstTextBaseline = VerticalAlignment()
}

public struct Alignment: Equatable, Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
    public static let trailing = Alignment()
    public static let top = Alignment()
    public static let bottom = Alignment()
}

@frozen public enum Axis: CaseIterable, Sendable {
    case horizontal, vertical

    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}

@frozen public enum Edge: CaseIterable, Sendable {
    case top, leading, bottom, trailing

    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let top = Set(rawValue: 1)
        public static let leading = Set(rawValue: 2)
        public static let bottom = Set(rawValue: 4)
        public static let trailing = Set(rawValue: 8)
        public static let all: Set = [.top, .leading, .bottom, .trailing]
        public static let horizontal: Set = [.leading, .trailing]
        public static let vertical: Set = [.top, .bottom]
    }
}

public struct EdgeInsets: Equatable, Sendable {
    public init() {}
    public init(top: CGFloat, leading: CGFloat, bottom: CGFloat, trailing: CGFloat) {}
}

public struct VStack<Content: View>: _Drawn {
    let content: Content

    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content)
    {
        self.content = content()
    }

    public func _draw(_ d: _Drawing) { d.visit(content) }
}

public struct HStack<Content: View>: _Drawn {
    let content: Content

    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }

    public func _draw(_ d: _Drawing) { d.visit(content) }
}

public struct ZStack<Content: View>: _Drawn {
    let content: Content

    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) { self.content = content() }

    public func _draw(_ d: _Drawing) { d.visit(content) }
}

/// One of the contents fits; the first is drawn.
public struct ViewThatFits<Content: View>: _Drawn {
    let content: Content

    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
        self.content = content()
    }

    public func _draw(_ d: _Drawing) {
        if let tuple = content as? any _Parts, let first = tuple.parts.first {
            d.visit(first)
        } else {
            d.visit(content)
        }
    }
}

protocol _Parts { var parts: [any View] { get } }
extension TupleView: @preconcurrency _Parts {}

public struct ScrollView<Content: View>: _Drawn {
    let content: Content

    public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) {
        self.content = content()
    }

    public func _draw(_ d: _Drawing) { d.visit(content) }
}

public struct ScrollViewProxy {
    let store: Store

    @MainActor public func scrollTo<ID: Hashable>(_ id: ID) { store.scrolledTo.append(AnyHashable(id)) }
}

public struct ScrollViewReader<Content: View>: _Drawn {
    let content: (ScrollViewProxy) -> Content

    public init(@ViewBuilder content: @escaping (ScrollViewProxy) -> Content) { self.content = content }

    public func _draw(_ d: _Drawing) { d.visit(d.track { content(ScrollViewProxy(store: d.store)) }) }
}

public struct Spacer: Sendable {
    public init(minLength: CGFloat? = nil) {}
}

extension Spacer: _Drawn {
    public func _draw(_ d: _Drawing) {}
}
