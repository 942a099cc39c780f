import Foundation

public enum LAPolicy: Int, Sendable {
    case deviceOwnerAuthentication = 2
}

public struct LAError: Error {
    public enum Code: Int, Sendable {
        case authenticationFailed = -1
        case userCancel = -2
        case passcodeNotSet = -5
    }
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
