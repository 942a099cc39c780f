import Foundation
import PhoneinCore

/// What the core borrows of an iPhone: signing keys in the Secure Enclave, and the wallet's key in the keychain.
///
/// Signing asks nobody for a face or a passcode, so that an opening that was begun goes on while the screen turns dark;
/// who wants to be asked says so for an intercom, and `DeviceOwner` asks before anything is sent.
///
/// A key that is lost, with the phone that made it, is `DeviceKeysError.Missing`: its intercom is added, or its key
/// shared, once more.
public final class PhoneKeys: DeviceKeys {
    private let signing: Keychain
    private let wallet: Keychain
    private let enclave: any Enclave

    /// The phone's own.
    public convenience init() {
        self.init(calls: SystemKeychain(), enclave: SecureEnclaveKeys())
    }

    init(calls: any KeychainCalls, enclave: any Enclave) {
        signing = Keychain(service: "io.phonein.signing", calls: calls)
        wallet = Keychain(service: "io.phonein.wallet", calls: calls)
        self.enclave = enclave
    }

    public func create(alias: String) throws -> Data {
        if let wrapped = try signing.read(alias) {
            return try enclave.publicKey(of: wrapped)
        }
        return try enclave.publicKey(of: signing.keep(enclave.make(), as: alias))
    }

    public func sign(alias: String, text: Data) throws -> Data {
        guard let wrapped = try signing.read(alias) else { throw DeviceKeysError.Missing }
        return try enclave.sign(text, with: wrapped)
    }

    public func forget(alias: String) throws {
        try signing.remove(alias)
    }

    public func wrappingKey() throws -> Data {
        let name = "key"
        return try wallet.read(name) ?? wallet.keep(randomBytes(32), as: name)
    }
}
