import Foundation

public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let hourAndMinute = DatePickerComponents(rawValue: 1)
    public static let date = DatePickerComponents(rawValue: 2)
}

public struct DatePicker<Label: View>: _Drawn {
    public typealias Components = DatePickerComponents
    let selection: Binding<Date>
    let components: Components
    let label: Label

    public func _draw(_ d: _Drawing) {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = d.env.timeZone
        format.calendar = d.env.calendar
        let parts = [
            components.contains(.date) ? "yyyy-MM-dd" : nil, components.contains(.hourAndMinute) ? "HH:mm" : nil,
        ]
        format.dateFormat = parts.compactMap { $0 }.joined(separator: " ")
        d.add(
            Node(
                kind: "date", label: d.words(label), value: format.string(from: selection.wrappedValue),
                enter: { selection.wrappedValue = $0 as! Date }))
    }
}

extension DatePicker where Label == Text {
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, selection: Binding<Date>, displayedComponents: Components = [.hourAndMinute, .date]
    ) {
        self.init(selection: selection, components: displayedComponents, label: Text(title))
    }
}

public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: _Drawn {
    let selection: Binding<SelectionValue>
    let content: Content
    let label: Label

    public init(
        selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label
    ) {
        self.selection = selection
        self.content = content()
        self.label = label()
    }

    public func _draw(_ d: _Drawing) {
        var options = d.collect(content)
        for index in options.indices { options[index].kind = "option" }
        let chosen = options.first { $0.tag == AnyHashable(selection.wrappedValue) }
        d.add(
            Node(
                kind: "picker", label: d.words(label), value: chosen.map { "\"\($0.name)\"" } ?? "nothing",
                children: options,
                enter: {
                    if let tag = $0 as? AnyHashable, let value = tag.base as? SelectionValue {
                        selection.wrappedValue = value
                    }
                }))
    }
}

extension Picker where Label == Text {
    public init(
        _ titleKey: LocalizedStringKey, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content
    ) {
        self.init(selection: selection, content: content) { Text(titleKey) }
    }

    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content
    ) {
        self.init(selection: selection, content: content) { Text(title) }
    }
}

@MainActor @preconcurrency public protocol PickerStyle {}
public struct SegmentedPickerStyle: PickerStyle { public init() {} }
public struct MenuPickerStyle: PickerStyle { public init() {} }
public struct NavigationLinkPickerStyle: PickerStyle { public init() {} }
public struct InlinePickerStyle: PickerStyle { public init() {} }

extension PickerStyle where Self == SegmentedPickerStyle { public static var segmented: Self { .init() } }
extension PickerStyle where Self == MenuPickerStyle { public static var menu: Self { .init() } }
extension PickerStyle where Self == NavigationLinkPickerStyle { public static var navigationLink: Self { .init() } }
extension PickerStyle where Self == InlinePickerStyle { public static var inline: Self { .init() } }

extension View {
    public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { self }
    public func tag<V: Hashable>(_ tag: V) -> some View { noted { $0.tag = AnyHashable(tag) } }
}

public struct ProgressView<Label: View, CurrentValueLabel: View>: _Drawn {
    let label: Label

    public func _draw(_ d: _Drawing) { d.add(Node(kind: "progress", label: d.words(label))) }
}

extension ProgressView where CurrentValueLabel == EmptyView {
    public init() where Label == EmptyView { self.init(label: EmptyView()) }

    public init(_ titleKey: LocalizedStringKey) where Label == Text { self.init(label: Text(titleKey)) }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S) where Label == Text {
        self.init(label: Text(title))
    }
}
