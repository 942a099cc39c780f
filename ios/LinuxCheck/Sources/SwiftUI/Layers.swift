import Foundation

extension View {
    public func sheet<Item: Identifiable, Content: View>(
        item: Binding<Item?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (Item) -> Content
    ) -> some View {
        followed { d in
            guard let shown = item.wrappedValue else { return }
            let close = {
                item.wrappedValue = nil
                onDismiss?()
            }
            d.layer("sheet", close: close) {
                d.at("\(AnyHashable(shown.id).hashValue)") { d.visit(d.track { content(shown) }) }
            }
        }
    }

    public func sheet<Content: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> Content
    ) -> some View {
        covering("sheet", isPresented, onDismiss, content)
    }

    public func fullScreenCover<Content: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> Content
    ) -> some View {
        covering("cover", isPresented, onDismiss, content)
    }

    func covering<Content: View>(
        _ kind: String, _ isPresented: Binding<Bool>, _ onDismiss: (() -> Void)?, _ content: @escaping () -> Content
    ) -> some View {
        followed { d in
            guard isPresented.wrappedValue else { return }
            let close = {
                isPresented.wrappedValue = false
                onDismiss?()
            }
            d.layer(kind, close: close) { d.visit(d.track { content() }) }
        }
    }

    @_disfavoredOverload public func alert<S: StringProtocol, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
    ) -> some View {
        asking("alert", String(title), isPresented, actions(), message())
    }

    @_disfavoredOverload public func alert<S: StringProtocol, A: View, M: View, T>(
        _ title: S, isPresented: Binding<Bool>, presenting data: T?, @ViewBuilder actions: (T) -> A,
        @ViewBuilder message: (T) -> M
    ) -> some View {
        asking("alert", String(title), isPresented, data.map(actions), data.map(message))
    }

    @_disfavoredOverload public func confirmationDialog<S: StringProtocol, A: View, M: View, T>(
        _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, presenting data: T?,
        @ViewBuilder actions: (T) -> A, @ViewBuilder message: (T) -> M
    ) -> some View {
        asking("dialog", String(title), isPresented, data.map(actions), data.map(message))
    }

    func asking(
        _ kind: String, _ title: String, _ isPresented: Binding<Bool>, _ actions: some View, _ message: some View
    ) -> some View {
        followed { d in
            guard isPresented.wrappedValue else { return }
            d.layer(kind, title, asks: true, close: { isPresented.wrappedValue = false }) {
                d.at("message") { d.visit(message) }
                d.at("actions") { d.visit(actions) }
            }
        }
    }

    public func presentationDetents(_ detents: Set<PresentationDetent>) -> some View { self }
    public func presentationDragIndicator(_ visibility: Visibility) -> some View { self }
    public func interactiveDismissDisabled(_ isDisabled: Bool = true) -> some View { self }
}

public struct PresentationDetent: Hashable, Sendable {
    public static let medium = PresentationDetent()
    public static let large = PresentationDetent()
}

@frozen public enum Visibility: Hashable, CaseIterable, Sendable { case automatic, visible, hidden }
