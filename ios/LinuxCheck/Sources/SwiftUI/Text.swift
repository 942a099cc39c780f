import Foundation

public struct LocalizedStringKey: Equatable, ExpressibleByStringInterpolation {
    let text: String

    public init(_ value: String) { text = value }
    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ string: String) { text += string }
        public mutating func appendInterpolation<T: _FormatSpecifiable>(_ value: T) { text += "\(value)" }
    }
}

public protocol _FormatSpecifiable: Equatable {}
extension Int: _FormatSpecifiable {}
extension Int32: _FormatSpecifiable {}

public struct Text: Equatable, Sendable {
    let text: String

    public init(verbatim content: String) { text = content }

    @_disfavoredOverload public init<S: StringProtocol>(_ content: S) { text = String(content) }

    public init(
        _ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil, comment: StaticString? = nil
    ) {
        text = key.text
    }
}

extension Text: _Drawn {
    public typealias Body = Never
    public func _draw(_ d: _Drawing) { d.add(Node(kind: "text", label: text)) }
}

public struct Image: Equatable, Sendable {
    let name: String
    let spoken: String?

    public init(systemName: String) {
        name = systemName
        spoken = nil
    }

    public enum Scale: Sendable { case small, medium, large }
}

extension Image: _Drawn {
    public typealias Body = Never
    public func _draw(_ d: _Drawing) { d.add(Node(kind: "image", label: name, spoken: spoken)) }
}

public struct Label<Title: View, Icon: View>: _Drawn {
    let title: Title
    let icon: Icon

    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {
        self.title = title()
        self.icon = icon()
    }

    public func _draw(_ d: _Drawing) {
        // The icon is only to be seen, beside the first of the words.
        var names = d.collect(icon).filter { $0.kind == "image" }.map { "(\($0.label))" }
        d.amend {
            d.visit(title)
        } by: { node in
            node.notes += names
            names = []
        }
    }
}

extension Label where Title == Text, Icon == Image {
    public init(_ titleKey: LocalizedStringKey, systemImage name: String) {
        self.init {
            Text(titleKey)
        } icon: {
            Image(systemName: name)
        }
    }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage name: String) {
        self.init {
            Text(title)
        } icon: {
            Image(systemName: name)
        }
    }
}
