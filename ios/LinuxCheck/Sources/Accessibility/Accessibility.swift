// What a screen reader is told to say.
import Foundation

public enum AccessibilityNotification {
    public struct Announcement {
        let words: String

        public init(_ announcement: String) { words = announcement }

        public func post() { Announcements.said.withLock { $0.append(words) } }
    }
}

/// What was said so far.
@_spi(Outline) public enum Announcements {
    final class Said: @unchecked Sendable {
        private let lock = NSLock()
        private var words: [String] = []
        func withLock<R>(_ use: (inout [String]) -> R) -> R { lock.withLock { use(&words) } }
    }
    static let said = Said()

    public static func take() -> [String] {
        said.withLock { words in
            defer { words = [] }
            return words
        }
    }
}
