import Foundation
import Observation

public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}

public struct EnvironmentValues {
    var values: [ObjectIdentifier: Any] = [:]
    /// SwiftUI's own, by their names.
    var own: [String: Any] = [:]

    public init() {}

    public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
        get { values[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
        set { values[ObjectIdentifier(key)] = newValue }
    }

    func value<V>(_ name: String, else fallback: V) -> V { own[name] as? V ?? fallback }

    public var isEnabled: Bool {
        get { value("isEnabled", else: true) }
        set { own["isEnabled"] = newValue }
    }
    public var timeZone: TimeZone {
        get { value("timeZone", else: .gmt) }
        set { own["timeZone"] = newValue }
    }
    public var calendar: Calendar {
        get { value("calendar", else: Calendar(identifier: .gregorian)) }
        set { own["calendar"] = newValue }
    }
    public var dynamicTypeSize: DynamicTypeSize {
        get { value("dynamicTypeSize", else: .large) }
        set { own["dynamicTypeSize"] = newValue }
    }
    public var scenePhase: ScenePhase {
        get { value("scenePhase", else: .active) }
        set { own["scenePhase"] = newValue }
    }
    public var openURL: OpenURLAction {
        get { value("openURL", else: OpenURLAction { _ in .systemAction }) }
        set { own["openURL"] = newValue }
    }
    public internal(set) var dismiss: DismissAction {
        get { value("dismiss", else: DismissAction {}) }
        set { own["dismiss"] = newValue }
    }
    public var accessibilityReduceMotion: Bool { value("reduceMotion", else: false) }
}

public enum ScenePhase: Comparable, Sendable { case background, inactive, active }

public enum DynamicTypeSize: Hashable, Comparable, CaseIterable, Sendable {
    case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
    case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5

    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}

public struct DismissAction: @unchecked Sendable {
    let action: () -> Void

    @MainActor public func callAsFunction() { action() }
}

@MainActor @preconcurrency public struct OpenURLAction {
    public struct Result: Sendable {
        let isTaken: Bool
        public static let handled = Result(isTaken: true)
        public static let discarded = Result(isTaken: true)
        public static let systemAction = Result(isTaken: false)
    }

    let handler: @MainActor (URL) -> Result

    @preconcurrency nonisolated public init(handler: @escaping @MainActor (URL) -> Result) { self.handler = handler }

    public func callAsFunction(_ url: URL) { _ = handler(url) }
}

@propertyWrapper public struct Environment<Value>: DynamicProperty {
    let read: (EnvironmentValues) -> Value?
    let name: String
    let slot = Slot<EnvironmentValues?>(nil)

    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) {
        name = "\(keyPath)"
        read = { $0[keyPath: keyPath] }
    }

    public init(_ type: Value.Type) where Value: AnyObject, Value: Observable {
        name = "\(type)"
        read = { $0.values[ObjectIdentifier(type)] as? Value }
    }

    public var wrappedValue: Value {
        guard let value = read(slot.cell.value ?? EnvironmentValues()) else {
            fatalError("No Observable object of type \(name) found: no ancestor has .environment(…)")
        }
        return value
    }
}

extension Environment: Connected {
    func connect(_ d: _Drawing, _ name: String) { slot.cell.value = d.env }
}

extension View {
    public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
        inside { $0[keyPath: keyPath] = value }
    }

    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
        inside { $0.values[ObjectIdentifier(T.self)] = object }
    }
}
