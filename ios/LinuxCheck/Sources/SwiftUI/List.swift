import Foundation

public struct Form<Content: View>: _Drawn {
    let content: Content

    public init(@ViewBuilder content: () -> Content) { self.content = content() }

    public func _draw(_ d: _Drawing) { d.group("form") { d.visit(content) } }
}

public struct List<SelectionValue: Hashable, Content: View>: _Drawn {
    let content: Content

    public func _draw(_ d: _Drawing) { d.group("list") { d.visit(content) } }
}

extension List where SelectionValue == Never {
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
}

public struct Section<Parent, Content, Footer> {
    let header: Parent
    let content: Content
    let footer: Footer
}

extension Section: View, _Drawn where Parent: View, Content: View, Footer: View {
    public typealias Body = Never

    public func _draw(_ d: _Drawing) {
        let title = d.words(header)
        d.group("section", title) {
            d.at("content") { d.visit(content) }
            d.at("footer") { d.visit(footer) }
        }
    }
}

extension Section where Parent: View, Content: View, Footer: View {
    public init(
        @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent, @ViewBuilder footer: () -> Footer
    ) {
        self.init(header: header(), content: content(), footer: footer())
    }
}

extension Section where Parent == EmptyView, Content: View, Footer == EmptyView {
    public init(@ViewBuilder content: () -> Content) {
        self.init(header: EmptyView(), content: content(), footer: EmptyView())
    }
}

extension Section where Parent: View, Content: View, Footer == EmptyView {
    public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent) {
        self.init(header: header(), content: content(), footer: EmptyView())
    }
}

extension Section where Parent == EmptyView, Content: View, Footer: View {
    public init(@ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer) {
        self.init(header: EmptyView(), content: content(), footer: footer())
    }
}

extension Section where Parent == Text, Content: View, Footer == EmptyView {
    public init(_ titleKey: LocalizedStringKey, @ViewBuilder content: () -> Content) {
        self.init(header: Text(titleKey), content: content(), footer: EmptyView())
    }

    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content) {
        self.init(header: Text(title), content: content(), footer: EmptyView())
    }
}

public struct LabeledContent<Label: View, Content: View>: _Drawn {
    let label: Label
    let content: Content

    public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
        self.content = content()
        self.label = label()
    }

    public func _draw(_ d: _Drawing) {
        let name = d.words(label)
        d.group("row", name) { d.visit(content) }
    }
}

public struct ContentUnavailableView<Label: View, Description: View, Actions: View>: _Drawn {
    let label: Label
    let description: Description
    let actions: Actions

    public init(
        @ViewBuilder label: () -> Label, @ViewBuilder description: () -> Description = { EmptyView() },
        @ViewBuilder actions: () -> Actions = { EmptyView() }
    ) {
        self.label = label()
        self.description = description()
        self.actions = actions()
    }

    public func _draw(_ d: _Drawing) {
        let icons = d.collect(label).flatMap(\.notes)
        let name = d.words(label)
        d.amend {
            d.group("nothing here", name) {
                d.at("description") { d.visit(description) }
                d.at("actions") { d.visit(actions) }
            }
        } by: {
            $0.notes += icons
        }
    }
}
