import CryptoKit
import Foundation
import PhoneinCore
import Security

/// Keys that only the chip that made them can use: what is handed around is wrapped for it.
protocol Enclave: Sendable {
    /// A new key.
    func make() throws -> Data
    /// Its public half, 65 bytes as SEC 1 has it.
    func publicKey(of wrapped: Data) throws -> Data
    /// r‖s of an ECDSA over the SHA-256 of `text`.
    func sign(_ text: Data, with wrapped: Data) throws -> Data
}

/// The Secure Enclave, P-256.
struct SecureEnclaveKeys: Enclave {
    func make() throws -> Data {
        let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, nil)
        guard let access else { throw DeviceKeysError.Failed(reason: "no access control") }
        return try told { try SecureEnclave.P256.Signing.PrivateKey(accessControl: access).dataRepresentation }
    }

    func publicKey(of wrapped: Data) throws -> Data {
        try key(wrapped).publicKey.x963Representation
    }

    func sign(_ text: Data, with wrapped: Data) throws -> Data {
        let key = try key(wrapped)
        return try told { try key.signature(for: text).rawRepresentation }
    }

    /// The enclave refuses what another one wrapped, or it did before the phone was erased.
    private func key(_ wrapped: Data) throws -> SecureEnclave.P256.Signing.PrivateKey {
        do {
            return try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: wrapped)
        } catch {
            throw DeviceKeysError.Missing
        }
    }

    /// What the enclave did not do, for the log: a domain and a number tell it best, and hold no secret.
    private func told<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            let error = error as NSError
            throw DeviceKeysError.Failed(reason: "\(error.domain) \(error.code)")
        }
    }
}
