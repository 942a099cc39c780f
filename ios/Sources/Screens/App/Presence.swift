/// Makes sure that the phone's person is there, where an intercom asks for it. The app gives one that asks for face or
/// fingerprint.
public struct Presence: Sendable {
    let confirm: @Sendable (_ reason: String) async -> Bool

    public init(confirm: @escaping @Sendable (_ reason: String) async -> Bool) {
        self.confirm = confirm
    }
}
