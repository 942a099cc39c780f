import Foundation

public struct AccessibilityTraits: Equatable, Sendable, SetAlgebra {
    var names: Set<String> = []
    public init() {}
    init(_ name: String) { names = [name] }
    public static let isHeader = AccessibilityTraits("header")
    public static let isButton = AccessibilityTraits("button")
    public static let isSelected = AccessibilityTraits("selected")
    public static let updatesFrequently = AccessibilityTraits("updates")

    public func contains(_ member: AccessibilityTraits) -> Bool { names.isSuperset(of: member.names) }
    public func union(_ other: Self) -> Self { with { $0.formUnion(other) } }
    public func intersection(_ other: Self) -> Self { with { $0.formIntersection(other) } }
    public func symmetricDifference(_ other: Self) -> Self { with { $0.formSymmetricDifference(other) } }
    public mutating func formUnion(_ other: Self) { names.formUnion(other.names) }
    public mutating func formIntersection(_ other: Self) { names.formIntersection(other.names) }
    public mutating func formSymmetricDifference(_ other: Self) { names.formSymmetricDifference(other.names) }

    @discardableResult public mutating func insert(
        _ newMember: Self
    ) -> (inserted: Bool, memberAfterInsert: Self) {
        formUnion(newMember)
        return (true, newMember)
    }
    @discardableResult public mutating func remove(_ member: Self) -> Self? {
        names.subtract(member.names)
        return member
    }
    @discardableResult public mutating func update(with newMember: Self) -> Self? {
        formUnion(newMember)
        return newMember
    }

    private func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}

public struct AccessibilityChildBehavior: Hashable, Sendable {
    let name: String
    public static let ignore = AccessibilityChildBehavior(name: "ignore")
    public static let contain = AccessibilityChildBehavior(name: "contain")
    public static let combine = AccessibilityChildBehavior(name: "combine")
}

extension View {
    @_disfavoredOverload public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
        noted { $0.spoken = String(label) }
    }

    @_disfavoredOverload public func accessibilityHint<S: StringProtocol>(_ hint: S) -> some View {
        noted { $0.hint = String(hint) }
    }

    @_disfavoredOverload public func accessibilityValue<S: StringProtocol>(_ value: S) -> some View {
        noted { $0.value = "\"\(value)\"" }
    }

    public func accessibilityIdentifier(_ identifier: String) -> some View { noted { $0.identifier = identifier } }

    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
        noted { $0.notes += traits.names.sorted() }
    }

    public func accessibilityHidden(_ hidden: Bool) -> some View {
        noted { if hidden { $0.notes.append("not spoken") } }
    }

    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
        modified { d, draw in
            guard children != .contain else { return draw() }
            let parts = d.collect(draw)
            d.add(
                Node(
                    kind: "element", spoken: children == .combine ? parts.words : nil, children: parts,
                    press: parts.all.first { $0.press != nil }?.press))
        }
    }
}
