import Foundation
import UIKit

public struct TextField<Label: View>: _Drawn {
    let text: Binding<String>
    let label: Label

    public func _draw(_ d: _Drawing) {
        d.add(
            Node(
                kind: "field", label: d.words(label), value: "\"\(text.wrappedValue)\"",
                enter: { text.wrappedValue = $0 as! String }))
    }
}

extension TextField where Label == Text {
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { self.init(text: text, label: Text(titleKey)) }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, text: Binding<String>) {
        self.init(text: text, label: Text(title))
    }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, text: Binding<String>, axis: Axis) {
        self.init(text: text, label: Text(title))
    }
}

public struct Toggle<Label: View>: _Drawn {
    let isOn: Binding<Bool>
    let label: Label

    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) {
        self.isOn = isOn
        self.label = label()
    }

    public func _draw(_ d: _Drawing) {
        d.add(
            Node(
                kind: "toggle", label: d.words(label), value: isOn.wrappedValue ? "on" : "off",
                enter: { isOn.wrappedValue = $0 as! Bool }))
    }
}

extension Toggle where Label == Text {
    public init(_ titleKey: LocalizedStringKey, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(titleKey) } }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) {
        self.init(isOn: isOn) { Text(title) }
    }
}

public struct TextInputAutocapitalization: Sendable {
    public static var never: Self { .init() }
    public static var words: Self { .init() }
    public static var sentences: Self { .init() }
    public static var characters: Self { .init() }
}

public struct SubmitLabel: Sendable {
    public static var done: Self { .init() }
    public static var next: Self { .init() }
    public static var go: Self { .init() }
}

extension View {
    public func textInputAutocapitalization(_ style: TextInputAutocapitalization?) -> some View { self }
    public func autocorrectionDisabled(_ disable: Bool = true) -> some View { self }
    public func submitLabel(_ label: SubmitLabel) -> some View { self }
    public func keyboardType(_ type: UIKeyboardType) -> some View { self }
    public func textContentType(_ type: UITextContentType?) -> some View { self }

    public func searchable<S: StringProtocol>(text: Binding<String>, prompt: S) -> some View {
        modified { d, draw in
            d.visit(TextField(prompt, text: text))
            draw()
        }
    }
}
