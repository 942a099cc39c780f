import LocalAuthentication

/// Whether the phone's owner is there: asked before a door opens, for an intercom that is set so.
public struct DeviceOwner: Sendable {
    /// What came of it.
    public enum Answer: Sendable {
        /// By face, finger or passcode.
        case confirmed
        /// Not confirmed, or the person thought better of it.
        case declined
        /// The phone has no passcode, so it cannot know its owner.
        case impossible
    }

    private let confirm: @Sendable (_ reason: String) async throws -> Bool

    /// The system's own question.
    public init() {
        self.init { try await LAContext().evaluatePolicy(.deviceOwnerAuthentication, localizedReason: $0) }
    }

    init(confirm: @escaping @Sendable (_ reason: String) async throws -> Bool) {
        self.confirm = confirm
    }

    /// Asks by face or finger, else by passcode.
    ///
    /// - Parameter reason: What it is for; the system shows it.
    public func ask(_ reason: String) async -> Answer {
        do {
            return try await confirm(reason) ? .confirmed : .declined
        } catch let error as LAError where error.code == .passcodeNotSet {
            return .impossible
        } catch {
            return .declined
        }
    }
}
