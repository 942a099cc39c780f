import Foundation

// swift-format-ignore: AlwaysUseLowerCamelCase
public enum UIKeyboardType: Int, Sendable { case `default`, asciiCapable, numbersAndPunctuation, URL, numberPad }

public struct UITextContentType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let name = UITextContentType(rawValue: "name")
}

@MainActor open class UIApplication {
    public static let shared = UIApplication()
    public nonisolated static let openSettingsURLString = "app-settings:"
    /// One window on one screen.
    public let connectedScenes: Set<UIScene> = [UIWindowScene()]
    /// Whether the screen stays on although nobody touches it.
    open var isIdleTimerDisabled = false
}

@MainActor open class UIScene: NSObject {}

@MainActor open class UIWindowScene: UIScene {
    public let screen = UIScreen()
}

@MainActor open class UIScreen {
    open var brightness: CGFloat = 0.5
}

@MainActor open class UIViewController: NSObject {}

@MainActor open class UIPasteboard {
    public static let general = UIPasteboard()
    /// What was copied last, whether it stays on this phone, and until when.
    @_spi(Test) public private(set) var copied: (strings: [String], localOnly: Bool, expirationDate: Date?)?

    public func setObjects(_ objects: [String], localOnly: Bool, expirationDate: Date?) {
        copied = (objects, localOnly, expirationDate)
    }
}
