import Foundation
import PhoneinCore
import Security

@testable import DeviceKeys

/// A keychain that a test looks into, and has misbehave.
final class TestKeychain: KeychainCalls, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [[String: Any]] = []
    private var fault: OSStatus?
    private var missed = 0

    /// What every call says from now on; `nil`: what is true.
    func fail(_ status: OSStatus?) { lock.withLock { fault = status } }

    /// So many searches find nothing, as if another thread added the item right after.
    func miss(_ count: Int) { lock.withLock { missed = count } }

    /// The attributes of every item.
    var items: [[String: Any]] { lock.withLock { kept } }

    func add(_ attributes: [String: Any]) -> OSStatus {
        lock.withLock {
            if let fault { return fault }
            guard !kept.contains(where: { isSame($0, attributes) }) else { return errSecDuplicateItem }
            kept.append(attributes)
            return errSecSuccess
        }
    }

    func copy(_ query: [String: Any]) -> (OSStatus, Data?) {
        lock.withLock {
            if let fault { return (fault, nil) }
            if missed > 0 {
                missed -= 1
                return (errSecItemNotFound, nil)
            }
            guard let item = kept.first(where: { isSame($0, query) }) else { return (errSecItemNotFound, nil) }
            return (errSecSuccess, item[kSecValueData as String] as? Data)
        }
    }

    func delete(_ query: [String: Any]) -> OSStatus {
        lock.withLock {
            if let fault { return fault }
            guard let place = kept.firstIndex(where: { isSame($0, query) }) else { return errSecItemNotFound }
            kept.remove(at: place)
            return errSecSuccess
        }
    }

    private func isSame(_ one: [String: Any], _ other: [String: Any]) -> Bool {
        [kSecAttrService, kSecAttrAccount].allSatisfy { one[$0 as String] as? String == other[$0 as String] as? String }
    }
}

/// An enclave whose keys are numbers, wrapped with its name; the signatures are what went in.
final class TestEnclave: Enclave, @unchecked Sendable {
    private let lock = NSLock()
    private let name: String
    private var made = 0

    init(_ name: String = "a") { self.name = name }

    func make() throws -> Data {
        lock.withLock {
            made += 1
            return Data("\(name)\(made)".utf8)
        }
    }

    func publicKey(of wrapped: Data) throws -> Data { try known(wrapped) + Data(" public".utf8) }

    func sign(_ text: Data, with wrapped: Data) throws -> Data { try known(wrapped) + text }

    private func known(_ wrapped: Data) throws -> Data {
        guard wrapped.starts(with: Data(name.utf8)) else { throw DeviceKeysError.Missing }
        return wrapped
    }
}
