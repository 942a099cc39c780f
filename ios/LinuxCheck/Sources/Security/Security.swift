// Toll-free bridging does not exist on Linux, so each CF type is an alias of the Swift type it is written with: the same
// casts compile. The items live in memory, for tests.
import Foundation

public typealias CFString = String
public typealias CFDictionary = [String: Any]
public typealias CFTypeRef = AnyObject
public typealias OSStatus = Int32
public final class CFError: Error {}

public let errSecSuccess: OSStatus = 0
public let errSecDuplicateItem: OSStatus = -25299
public let errSecItemNotFound: OSStatus = -25300
public let errSecInteractionNotAllowed: OSStatus = -25308

public let kSecClass: CFString = "class"
public let kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce"
public let kSecAttrAccount: CFString = "acct"
public let kSecAttrAccessible: CFString = "pdmn"
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecAttrSynchronizable: CFString = "sync"
public let kSecValueData: CFString = "v_Data"
public let kSecReturnData: CFString = "r_Data"

private final class Items: @unchecked Sendable {
    private let lock = NSLock()
    private var secrets: [String: Data] = [:]

    /// What the system takes for the same item.
    private func name(_ query: CFDictionary) -> String {
        [kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrSynchronizable]
            .map { "\(query[$0] ?? "")" }.joined(separator: "/")
    }

    func add(_ attributes: CFDictionary) -> OSStatus {
        lock.withLock {
            guard secrets[name(attributes)] == nil else { return errSecDuplicateItem }
            secrets[name(attributes)] = attributes[kSecValueData] as? Data
            return errSecSuccess
        }
    }

    func copy(_ query: CFDictionary) -> Data? { lock.withLock { secrets[name(query)] } }

    func delete(_ query: CFDictionary) -> Bool { lock.withLock { secrets.removeValue(forKey: name(query)) != nil } }
}

private let items = Items()

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    items.add(attributes)
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    guard let secret = items.copy(query) else { return errSecItemNotFound }
    if query[kSecReturnData] as? Bool == true { result?.pointee = secret as AnyObject }
    return errSecSuccess
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
    items.delete(query) ? errSecSuccess : errSecItemNotFound
}

public struct SecRandomRef: Sendable {}
public let kSecRandomDefault: SecRandomRef? = nil

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecRandomCopyBytes(_ source: SecRandomRef?, _ count: Int, _ bytes: UnsafeMutableRawPointer) -> Int32 {
    var system = SystemRandomNumberGenerator()
    for place in 0..<count { bytes.storeBytes(of: system.next(), toByteOffset: place, as: UInt8.self) }
    return errSecSuccess
}

open class SecAccessControl {}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let privateKeyUsage = SecAccessControlCreateFlags(rawValue: 1 << 30)
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecAccessControlCreateWithFlags(
    _ allocator: AnyObject?, _ protection: Any, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? { SecAccessControl() }
