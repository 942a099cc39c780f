import Foundation

public enum LAPolicy: Int, Sendable { case deviceOwnerAuthenticationWithBiometrics = 1, deviceOwnerAuthentication }

public struct LAError: Error {
    public enum Code: Int, Sendable { case authenticationFailed = -1, userCancel = -2, passcodeNotSet = -5 }
    public let code: Code
    public init(_ code: Code) { self.code = code }
}

/// Nobody is there to be asked.
open class LAContext {
    public init() {}
    open func evaluatePolicy(_ policy: LAPolicy, localizedReason: String) async throws -> Bool {
        throw LAError(.passcodeNotSet)
    }
}
