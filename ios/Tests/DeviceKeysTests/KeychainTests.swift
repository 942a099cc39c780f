import Foundation
import Security
import Testing

@testable import DeviceKeys

struct KeychainTests {
    /// Against what stands in for the system's keychain: the casts, the kind of item.
    @Test func aSecretIsKeptOnceReadAndRemoved() throws {
        let keychain = Keychain(service: "test.\(UUID())", calls: SystemKeychain())
        #expect(try keychain.read("a") == nil)
        #expect(try keychain.keep(Data([1, 2]), as: "a") == Data([1, 2]))
        #expect(try keychain.keep(Data([3]), as: "a") == Data([1, 2]), "what is there stays")
        #expect(try keychain.read("a") == Data([1, 2]))
        #expect(try keychain.read("b") == nil)
        try keychain.remove("a")
        #expect(try keychain.read("a") == nil)
    }

    @Test func nothingLeavesThisPhone() throws {
        let calls = TestKeychain()
        let keys = PhoneKeys(calls: calls, enclave: TestEnclave())
        _ = (try keys.create(alias: "a"), try keys.wrappingKey())
        #expect(calls.items.count == 2)
        for item in calls.items {
            let accessible = item[kSecAttrAccessible as String] as? String
            #expect(accessible == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly as String)
            #expect(item[kSecAttrSynchronizable as String] as? Bool == false)
        }
    }
}
