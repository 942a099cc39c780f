// A place in the tree appears, changes and goes.
import Foundation

extension View {
    public func onAppear(perform action: (() -> Void)? = nil) -> some View {
        modified { d, draw in
            draw()
            let seen = d.keep("appear", Cell(false))
            guard !seen.value else { return }
            seen.changed = nil
            seen.value = true
            if let action { d.store.after.append(action) }
        }
    }

    public func onDisappear(perform action: (() -> Void)? = nil) -> some View {
        modified { d, draw in
            draw()
            _ = d.keep("disappear", Cell(()), gone: action)
        }
    }

    public func task(
        priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View {
        task(id: 0, priority: priority, action)
    }

    public func task<T: Equatable>(
        id value: T, priority: TaskPriority = .userInitiated,
        @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View {
        modified { d, draw in
            draw()
            let running = Cell<Task<Void, Never>?>(nil)
            let kept = d.keep("task", running, gone: { running.value?.cancel() })
            let last = d.keep("task id", Cell<T?>(nil))
            guard last.value != value else { return }
            (kept.changed, last.changed, last.value) = (nil, nil, value)
            kept.value?.cancel()
            kept.value = Task(priority: priority, operation: action)
        }
    }

    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (_ oldValue: V, _ newValue: V) -> Void
    ) -> some View {
        modified { d, draw in
            draw()
            let last = d.keep("change", Cell<V?>(nil))
            let old = last.value
            guard old != value else { return }
            (last.changed, last.value) = (nil, value)
            if old != nil || initial { d.store.after.append { action(old ?? value, value) } }
        }
    }

    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping () -> Void
    ) -> some View {
        onChange(of: value, initial: initial) { _, _ in action() }
    }

    public func sensoryFeedback<T: Equatable>(_ feedback: SensoryFeedback, trigger: T) -> some View {
        sensoryFeedback(trigger: trigger) { _, _ in feedback }
    }

    public func sensoryFeedback<T: Equatable>(
        trigger: T, _ feedback: @escaping (_ oldValue: T, _ newValue: T) -> SensoryFeedback?
    ) -> some View {
        modified { d, draw in
            d.at("feedback") {
                d.visit(EmptyView().onChange(of: trigger) { d.store.felt += [feedback($0, $1)].compactMap { $0 } })
            }
            draw()
        }
    }
}
