public struct UIBackgroundTaskIdentifier: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let invalid = UIBackgroundTaskIdentifier(rawValue: 0)
}

extension UIApplication {
    /// What was begun and not ended, and what is called when the time is up.
    @_spi(Test) public private(set) static var granted: [UIBackgroundTaskIdentifier: @MainActor @Sendable () -> Void] =
        [:]
    private static var last = 0

    public func beginBackgroundTask(
        expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil
    ) -> UIBackgroundTaskIdentifier {
        Self.last += 1
        let task = UIBackgroundTaskIdentifier(rawValue: Self.last)
        Self.granted[task] = handler ?? {}
        return task
    }

    public func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {
        precondition(Self.granted.removeValue(forKey: identifier) != nil, "ended twice")
    }
}
