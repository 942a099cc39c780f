// CryptoKit's signing key in the Secure Enclave and the names around it: signatures only, no cryptography.
import Foundation
import LocalAuthentication
import Security

public enum P256 {
    public enum Signing {
        public struct PublicKey: Sendable {
            public var x963Representation: Data { none() }
        }
        public struct ECDSASignature: Sendable {
            public var rawRepresentation: Data { none() }
        }
    }
}

public enum SecureEnclave {
    public enum P256 {
        public enum Signing {
            public struct PrivateKey: Sendable {
                public init(
                    compactRepresentable: Bool = true, accessControl: SecAccessControl,
                    authenticationContext: LAContext? = nil
                ) throws {
                    none()
                }
                public init(dataRepresentation: Data, authenticationContext: LAContext? = nil) throws { none() }
                public var publicKey: CryptoKit.P256.Signing.PublicKey { none() }
                public var dataRepresentation: Data { none() }
                public func signature<D: DataProtocol>(
                    for data: D
                ) throws -> CryptoKit.P256.Signing.ECDSASignature { none() }
            }
        }
    }
}

func none() -> Never { fatalError("there is no Secure Enclave on Linux") }
