import Foundation

public struct TapGesture {
    var ended: (() -> Void)?

    public init(count: Int = 1) {}
    public func onEnded(_ action: @escaping () -> Void) -> TapGesture {
        var copy = self
        copy.ended = action
        return copy
    }
}

@frozen public enum HorizontalEdge: CaseIterable, Sendable { case leading, trailing }
@frozen public enum VerticalEdge: CaseIterable, Sendable { case top, bottom }

extension View {
    public func disabled(_ disabled: Bool) -> some View { inside { $0.isEnabled = $0.isEnabled && !disabled } }

    public func onTapGesture(count: Int = 1, perform action: @escaping () -> Void) -> some View {
        noted {
            guard $0.press == nil else { return }
            $0.press = action
            $0.notes.append("tappable")
        }
    }

    public func simultaneousGesture(_ gesture: TapGesture) -> some View {
        noted {
            let press = $0.press
            $0.press = {
                gesture.ended?()
                press?()
            }
        }
    }

    public func onSubmit(_ action: @escaping () -> Void) -> some View {
        noted {
            guard let enter = $0.enter, $0.kind == "field" else { return }
            $0.enter = { typed in
                guard let text = typed as? String, text.hasSuffix("\n") else { return enter(typed) }
                enter(String(text.dropLast()))
                action()
            }
        }
    }

    public func swipeActions<T: View>(
        edge: HorizontalEdge = .trailing, allowsFullSwipe: Bool = true, @ViewBuilder content: () -> T
    ) -> some View {
        let actions = content()
        return followed { d in d.group("swipe") { d.at("swipe") { d.visit(actions) } } }
    }

    public func contextMenu<M: View>(@ViewBuilder menuItems: () -> M) -> some View {
        let items = menuItems()
        return followed { d in d.group("hold for") { d.at("menu") { d.visit(items) } } }
    }

    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View {
        modified { d, draw in
            d.store.refresh = action
            draw()
        }
    }

    public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View {
        modified { d, draw in
            d.store.opened = action
            draw()
        }
    }
}
