import Foundation
import PhoneinCore
import Security
import Testing

@testable import DeviceKeys

struct PhoneKeysTests {
    let keychain = TestKeychain()
    var keys: PhoneKeys { PhoneKeys(calls: keychain, enclave: TestEnclave()) }

    @Test func aKeyStaysWhenTheAppStartsAgain() throws {
        let enclave = TestEnclave()
        let key = try PhoneKeys(calls: keychain, enclave: enclave).create(alias: "front-1")
        let again = PhoneKeys(calls: keychain, enclave: enclave)
        #expect(try again.create(alias: "front-1") == key)
        #expect(try again.create(alias: "front-2") != key)
        #expect(try again.sign(alias: "front-1", text: Data("!".utf8)) == Data("a1!".utf8))
    }

    @Test func whatIsForgottenIsGone() throws {
        let keys = keys
        _ = try keys.create(alias: "a")
        try keys.forget(alias: "a")
        try keys.forget(alias: "a")
        #expect(keychain.items.isEmpty)
        #expect(throws: DeviceKeysError.Missing) { try keys.sign(alias: "a", text: Data()) }
    }

    @Test func keysOfAnotherPhoneAreMissing() throws {
        _ = try PhoneKeys(calls: keychain, enclave: TestEnclave("b")).create(alias: "a")
        #expect(throws: DeviceKeysError.Missing) { try keys.sign(alias: "a", text: Data()) }
        #expect(throws: DeviceKeysError.Missing) { try keys.create(alias: "a") }
        #expect(keychain.items.count == 1, "a key that is not understood is not thrown away")
    }

    @Test func twoThreadsThatMakeOneKeyGetTheSame() throws {
        let keys = keys
        let first = try keys.create(alias: "a")
        keychain.miss(1)
        #expect(try keys.create(alias: "a") == first)
        let wrapping = try keys.wrappingKey()
        keychain.miss(1)
        #expect(try keys.wrappingKey() == wrapping)
    }

    @Test func theWalletsKeyIsRandomAndStays() throws {
        let keys = keys
        let key = try keys.wrappingKey()
        #expect(key.count == 32)
        #expect(Set(key).count > 8, "32 bytes of chance are hardly ever so alike")
        #expect(try keys.wrappingKey() == key)
        #expect(try PhoneKeys(calls: TestKeychain(), enclave: TestEnclave()).wrappingKey() != key)
    }

    @Test func noAliasIsTheWalletsKey() throws {
        let keys = keys
        let wrapping = try keys.wrappingKey()
        _ = try keys.create(alias: "key")
        try keys.forget(alias: "key")
        #expect(try keys.wrappingKey() == wrapping)
    }

    @Test(arguments: ["create", "sign", "forget", "wrappingKey"])
    func aPhoneThatWasNotUnlockedYetIsLocked(call: String) throws {
        let keys = keys
        _ = (try keys.create(alias: "a"), try keys.wrappingKey())
        keychain.fail(errSecInteractionNotAllowed)
        #expect(throws: DeviceKeysError.Locked) { try self.call(call, keys) }
        keychain.fail(nil)
        #expect(keychain.items.count == 2, "nothing was made anew in the meantime")
    }

    @Test(arguments: ["create", "sign", "forget", "wrappingKey"])
    func anyOtherFaultIsToldByItsNumber(call: String) throws {
        keychain.fail(-34018)
        #expect(throws: DeviceKeysError.Failed(reason: "keychain -34018")) { try self.call(call, keys) }
    }

    private func call(_ name: String, _ keys: PhoneKeys) throws {
        switch name {
        case "create": _ = try keys.create(alias: "a")
        case "sign": _ = try keys.sign(alias: "a", text: Data())
        case "forget": try keys.forget(alias: "a")
        default: _ = try keys.wrappingKey()
        }
    }
}
