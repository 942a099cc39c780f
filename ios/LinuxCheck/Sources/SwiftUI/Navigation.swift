// Pages and their titles. Only the page on top is drawn. Links are by value: one that holds its destination would build
// every page it leads to.
import Foundation

@MainActor final class Pages {
    var made: [ObjectIdentifier: (AnyHashable) -> any View] = [:]
    let push: (AnyHashable) -> Void

    init(push: @escaping (AnyHashable) -> Void) {
        self.push = push
    }
}

public struct NavigationPath: Equatable {
    var elements: [AnyHashable] = []
    public init() {}
}

public struct NavigationStack<Data, Root: View>: _Drawn {
    let root: Root
    let path: Binding<[AnyHashable]>?

    public init(@ViewBuilder root: () -> Root) where Data == NavigationPath {
        self.root = root()
        path = nil
    }

    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable {
        self.root = root()
        self.path = Binding(
            read: { path.wrappedValue.map { AnyHashable($0) } },
            write: { path.wrappedValue = Data($0.compactMap { $0.base as? Data.Element }) })
    }

    public func _draw(_ d: _Drawing) {
        let own = d.keep("path", Cell<[AnyHashable]>([]))
        let path = self.path ?? Binding(read: { own.value }, write: { own.value = $0 })
        let pages = Pages { path.wrappedValue.append($0) }
        d.with {
            $0.own["pages"] = pages
        } draw: {
            // Pages below are not drawn, but they stay: their state and tasks live on.
            var page = d.collect { d.at("root") { d.visit(root) } }
            for (index, element) in path.wrappedValue.enumerated() {
                guard let make = pages.made[ObjectIdentifier(type(of: element.base))] else {
                    page = [Node(kind: "no page for", label: "\(element.base)")]
                    continue
                }
                let back = { path.wrappedValue.removeSubrange(index...) }
                page = d.collect {
                    d.with {
                        $0.dismiss = DismissAction(action: back)
                    } draw: {
                        d.at("\(index) \(element)") {
                            let made: any View = d.track { make(element) }
                            d.visit(made)
                        }
                    }
                }
                page.insert(Node(kind: "button", label: "Back", press: back), at: 0)
            }
            d.nodes += page
        }
    }
}

public struct NavigationLink<Label: View, Destination: View>: _Drawn {
    let value: AnyHashable?
    let label: Label

    public func _draw(_ d: _Drawing) {
        let pages = d.env.value("pages", else: Pages?.none)
        let value = value
        let inside = d.collect(label)
        d.add(
            Node(
                kind: "link", label: inside.words, notes: inside.all.filter { $0.kind == "text" }.flatMap(\.notes),
                press: { if let value { pages?.push(value) } }))
    }
}

extension NavigationLink where Destination == Never {
    public init<P: Hashable>(value: P?, @ViewBuilder label: () -> Label) {
        self.init(value: value.map { AnyHashable($0) }, label: label())
    }
}

extension View {
    public func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View {
        modified { d, draw in
            d.env.value("pages", else: Pages?.none)?.made[ObjectIdentifier(data)] = { destination($0.base as! D) }
            draw()
        }
    }

    public func navigationTitle(_ titleKey: LocalizedStringKey) -> some View { titled(titleKey.text) }
    @_disfavoredOverload public func navigationTitle<S: StringProtocol>(_ title: S) -> some View {
        titled(String(title))
    }

    func titled(_ title: String) -> some View {
        modified { d, draw in
            d.add(Node(kind: "title", label: title))
            draw()
        }
    }

    public func navigationBarTitleDisplayMode(_ displayMode: NavigationBarItem.TitleDisplayMode) -> some View { self }
}

public struct NavigationBarItem: Sendable {
    public enum TitleDisplayMode: Sendable { case automatic, inline, large }
}
