/// Asks whether the phone's person is there, where an intercom wants to know. The app gives one that asks for face or
/// fingerprint.
public struct Presence: Sendable {
    /// What came of it.
    public enum Answer: Sendable {
        /// By face, finger or passcode.
        case confirmed
        /// Not confirmed, or the person thought better of it.
        case declined
        /// The phone has no lock, so it cannot know its person.
        case impossible
    }

    let ask: @Sendable (_ reason: String) async -> Answer

    public init(ask: @escaping @Sendable (_ reason: String) async -> Answer) {
        self.ask = ask
    }
}
