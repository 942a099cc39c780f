// Whether the camera may be used.
import Foundation

public struct AVMediaType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let video = AVMediaType(rawValue: "vide")
}

public enum AVAuthorizationStatus: Int, Sendable { case notDetermined, restricted, denied, authorized }

open class AVCaptureDevice {
    public class func authorizationStatus(for mediaType: AVMediaType) -> AVAuthorizationStatus {
        permission.withLock { $0.status }
    }

    /// Asks the person, once.
    public class func requestAccess(for mediaType: AVMediaType) async -> Bool {
        permission.withLock { permission in
            if permission.status == .notDetermined { permission.status = permission.allows ? .authorized : .denied }
            return permission.status == .authorized
        }
    }

    /// Nobody was asked yet; what they will say then.
    @_spi(Test) public static func forget(allows: Bool) { permission.withLock { $0 = (.notDetermined, allows) } }

    private final class Permission: @unchecked Sendable {
        private let lock = NSLock()
        private var state: (status: AVAuthorizationStatus, allows: Bool) = (.notDetermined, true)
        func withLock<R>(_ use: (inout (status: AVAuthorizationStatus, allows: Bool)) -> R) -> R {
            lock.withLock { use(&state) }
        }
    }
    private static let permission = Permission()
}
