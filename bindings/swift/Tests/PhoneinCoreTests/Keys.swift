import Foundation
import PhoneinCore

/// Keys that the shell lends, as a phone's keystore does; a test may have them misbehave.
final class ShellKeys: DeviceKeys, @unchecked Sendable {
    typealias Sign = @Sendable (_ signature: () throws -> Data) throws -> Data
    private let keys: any DeviceKeys
    private let lock = NSLock()
    private var signing: Sign?
    private var callers: Set<String> = []

    init() throws {
        keys = try softwareKeys(directory: try temporaryDirectory().path)
    }

    /// From now on keys sign like this; `nil`: as they should.
    func sign(_ sign: Sign?) {
        lock.withLock { signing = sign }
    }

    /// What the system calls the threads that called.
    var threads: Set<String> { lock.withLock { callers } }

    private func note() {
        let name = currentThread.name
        lock.withLock { _ = callers.insert(name) }
    }

    func create(alias: String) throws -> Data {
        note()
        return try keys.create(alias: alias)
    }

    func sign(alias: String, text: Data) throws -> Data {
        note()
        let signature = { try self.keys.sign(alias: alias, text: text) }
        return try lock.withLock { signing }.map { try $0(signature) } ?? signature()
    }

    func forget(alias: String) throws {
        note()
        try keys.forget(alias: alias)
    }

    func wrappingKey() throws -> Data {
        note()
        return try keys.wrappingKey()
    }
}

/// Where the system describes the thread that asks, and what it calls it.
var currentThread: (path: String, name: String) {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")) ?? ""
    let name = (try? String(contentsOfFile: "/proc/\(path)/comm", encoding: .utf8)) ?? ""
    return ("/proc/\(path)", name.trimmingCharacters(in: .newlines))
}
