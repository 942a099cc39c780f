import Foundation
import PhoneinCore
import Security

/// Secrets in the phone's keychain, each by its name: there after the first unlocking, on this phone alone, in no backup
/// and not synchronized.
struct Keychain: Sendable {
    let service: String
    let calls: any KeychainCalls

    /// The secret of that name.
    func read(_ name: String) throws -> Data? {
        let (status, secret) = calls.copy(item(name).merging([kSecReturnData as String: true]) { $1 })
        if status == errSecItemNotFound { return nil }
        try check(status)
        guard let secret else { throw DeviceKeysError.Failed(reason: "the keychain found no data") }
        return secret
    }

    /// Keeps `secret`, unless there is one of that name already; what is kept now.
    func keep(_ secret: Data, as name: String) throws -> Data {
        let attributes: [String: Any] = [
            kSecValueData as String: secret,
            kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]
        let status = calls.add(item(name).merging(attributes) { $1 })
        if status == errSecDuplicateItem, let first = try read(name) { return first }
        try check(status)
        return secret
    }

    /// Destroys the secret of that name. One that is not there is destroyed already.
    func remove(_ name: String) throws {
        let status = calls.delete(item(name))
        if status != errSecItemNotFound { try check(status) }
    }

    private func item(_ name: String) -> [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrAccount as String: name,
            kSecAttrSynchronizable as String: false,
        ]
    }

    private func check(_ status: OSStatus) throws {
        switch status {
        case errSecSuccess: return
        // Since it was started the phone was not unlocked yet.
        case errSecInteractionNotAllowed: throw DeviceKeysError.Locked
        default: throw DeviceKeysError.Failed(reason: "keychain \(status)")
        }
    }
}
