import Foundation
import PhoneinCore
import Testing

/// The keystore that the shell lends may do what it likes: the app is told, and goes on.
@Suite(.timeLimit(.minutes(2))) struct KeystoreTests {
    struct Broken: Error {}

    @Test func oneThatThrowsIsAnErrorWithWords() async throws {
        #expect(try await reason { _ in throw Broken() }.contains("Broken"))
        #expect(try await reason { _ in throw DeviceKeysError.Missing } == "the phone has no such key")
        #expect(try await reason { _ in throw DeviceKeysError.Failed(reason: "wet") }.contains("wet"))
    }

    @Test func oneThatReturnsRubbishIsAnErrorWithWords() async throws {
        for rubbish in [Data(), Data(count: 64), Data(repeating: 255, count: 9_999)] {
            #expect(try await reason { _ in rubbish } == "the phone's keystore returned garbage")
        }
    }

    @Test func oneThatHangsIsGivenUp() async throws {
        let end = DispatchSemaphore(value: 0)
        let hung = try await reason { signature in
            end.wait()
            return try signature()
        }
        #expect(hung == "the phone's keystore does not answer")
        end.signal()
    }

    /// Why a key was not saved with a keystore that signs like this; with one that is well again it is.
    private func reason(_ sign: @escaping ShellKeys.Sign) async throws -> String {
        let (intercom, keys) = (try await IntercomProcess(), try ShellKeys())
        let anna = try await Phone(keys: keys)
        let home = try await anna.pair(intercom, as: "Anna")
        try await anna.core.sync()
        let wizard = try await anna.core.newKey(intercom: home)
        wizard.setName(name: "Friends")
        keys.sign(sign)
        var why = "nothing was thrown"
        do { _ = try await wizard.save() } catch SaveError.Wallet(WalletError.Internal(let reason, _)) { why = reason }
        keys.sign(nil)
        _ = try await wizard.save()
        return why
    }

    @Test func keysInFilesForDesktops() throws {
        let keys: any DeviceKeys = try softwareKeys(directory: temporaryDirectory().path)
        let key = try keys.create(alias: "intercom-1")
        #expect(try keys.create(alias: "intercom-1") == key && key.count == 33)
        #expect(try keys.sign(alias: "intercom-1", text: Data([1])).count == 64)
        #expect(try keys.wrappingKey() == keys.wrappingKey())
        try keys.forget(alias: "intercom-1")
        #expect(throws: DeviceKeysError.Missing) { try keys.sign(alias: "intercom-1", text: Data([1])) }
        #expect(throws: DeviceKeysError.self) { try keys.create(alias: "NOT AN ALIAS") }
    }
}
