import Foundation
import Observation

public protocol DynamicProperty {
    mutating func update()
}

extension DynamicProperty {
    public mutating func update() {}
}

/// A property the drawing connects before it asks for a body.
@MainActor protocol Connected {
    func connect(_ d: _Drawing, _ name: String)
}

/// One stored value. A place keeps its cell, which is how a @State outlives the struct it is written in.
final class Cell<Value>: @unchecked Sendable {
    var value: Value { didSet { changed?() } }
    var changed: (@Sendable () -> Void)?

    init(_ value: Value) {
        self.value = value
    }
}

final class Slot<Value>: @unchecked Sendable {
    var cell: Cell<Value>

    init(_ value: Value) {
        cell = Cell(value)
    }

    @MainActor func connect(_ d: _Drawing, _ name: String) { cell = d.keep(name, cell) }
}

@propertyWrapper public struct State<Value>: DynamicProperty {
    let slot: Slot<Value>

    public init(wrappedValue value: Value) { slot = Slot(value) }
    public init(initialValue value: Value) { slot = Slot(value) }

    public var wrappedValue: Value {
        get { slot.cell.value }
        nonmutating set { slot.cell.value = newValue }
    }
    public var projectedValue: Binding<Value> {
        Binding(read: { [slot] in slot.cell.value }, write: { [slot] in slot.cell.value = $0 })
    }
}

extension State: Connected {
    func connect(_ d: _Drawing, _ name: String) { slot.connect(d, name) }
}

extension State where Value: ExpressibleByNilLiteral {
    public init() { self.init(wrappedValue: nil) }
}

extension State: Sendable where Value: Sendable {}

@propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty {
    let slot: Slot<Value>

    public init() where Value == Bool { slot = Slot(false) }
    public init<T: Hashable>() where Value == T? { slot = Slot(nil) }

    public var wrappedValue: Value {
        get { slot.cell.value }
        nonmutating set { slot.cell.value = newValue }
    }
    public var projectedValue: FocusState<Value>.Binding { .init(state: self) }

    @propertyWrapper public struct Binding {
        let state: FocusState<Value>

        public var wrappedValue: Value {
            get { state.wrappedValue }
            nonmutating set { state.wrappedValue = newValue }
        }
        public var projectedValue: FocusState<Value>.Binding { self }
    }
}

extension FocusState: Connected {
    func connect(_ d: _Drawing, _ name: String) { slot.connect(d, name) }
}

extension View {
    public func focused(_ condition: FocusState<Bool>.Binding) -> some View {
        noted { if $0.kind == "field" { $0.focus = { condition.wrappedValue = $0 } } }
    }

    public func focused<Value: Hashable>(_ binding: FocusState<Value?>.Binding, equals value: Value?) -> some View {
        noted {
            guard $0.kind == "field" else { return }
            if binding.wrappedValue == value { $0.notes.append("typing") }
            $0.focus = { isHere in
                if isHere {
                    binding.wrappedValue = value
                } else if binding.wrappedValue == value {
                    binding.wrappedValue = nil
                }
            }
        }
    }
}
