import Foundation

public protocol Shape: Sendable, View {
    nonisolated func path(in rect: CGRect) -> Path
}

/// Only which rectangles were added is kept.
public struct Path: Equatable, Sendable {
    @_spi(Outline) public private(set) var rects: [CGRect] = []

    public init() {}
    public init(_ rect: CGRect) { rects = [rect] }
    public mutating func addRect(_ rect: CGRect) { rects.append(rect) }
}

public struct StrokeStyle: Equatable, Sendable {
    public init(
        lineWidth: CGFloat = 1, lineCap: CGLineCap = .butt, dash: [CGFloat] = [CGFloat](), dashPhase: CGFloat = 0
    ) {}
}

public enum CGLineCap: Int32, Sendable { case butt, round, square }

extension Shape {
    nonisolated public var body: some View { EmptyView() }
    public func fill<S: ShapeStyle>(_ content: S) -> some View { EmptyView() }
    public func stroke<S: ShapeStyle>(_ content: S, lineWidth: CGFloat = 1) -> some View { EmptyView() }
    public func stroke<S: ShapeStyle>(_ content: S, style: StrokeStyle) -> some View { EmptyView() }
    nonisolated public func trim(from startFraction: CGFloat = 0, to endFraction: CGFloat = 1) -> some Shape { self }
}

public struct Circle: Shape {
    nonisolated public init() {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}

public struct Capsule: Shape {
    nonisolated public init() {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}

public struct Rectangle: Shape {
    nonisolated public init() {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}

public struct RoundedRectangle: Shape {
    nonisolated public init(cornerRadius: CGFloat) {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}

public struct UnevenRoundedRectangle: Shape {
    nonisolated public init(
        topLeadingRadius: CGFloat = 0, bottomLeadingRadius: CGFloat = 0, bottomTrailingRadius: CGFloat = 0,
        topTrailingRadius: CGFloat = 0
    ) {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}

extension Shape where Self == Circle {
    public static var circle: Circle { .init() }
}

extension Shape where Self == Capsule {
    public static var capsule: Capsule { .init() }
}
