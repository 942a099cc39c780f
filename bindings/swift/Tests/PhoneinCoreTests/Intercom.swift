import Foundation
import PhoneinCore

/// The reference intercom, as it ships, on a free port of loopback.
final class IntercomProcess: @unchecked Sendable {
    let uuid: String
    let url: String
    private let process: Process
    private let directory: URL
    private static let program = URL(fileURLWithPath: ProcessInfo.processInfo.environment["PHONEIN_INTERCOM"]!)

    /// What a person types into *Add device*.
    var code: String { "\(uuid) \(url)" }

    convenience init(_ options: String...) async throws {
        try await self.init(options)
    }

    init(_ options: [String]) async throws {
        directory = try temporaryDirectory()
        let ready = directory.appending(path: "ready.json")
        process = Process()
        process.executableURL = Self.program
        let data = directory.appending(path: "data").path
        let fixed = ["run", "--data", data, "--http", "127.0.0.1:0", "--seconds", "1", "--ready-file", ready.path]
        process.arguments = fixed + options
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while !FileManager.default.fileExists(atPath: ready.path) {
            guard process.isRunning else { throw Trouble.intercomEnded }
            try await Task.sleep(for: .milliseconds(20))
        }
        struct Ready: Decodable { let uuid, http: String }
        let told = try JSONDecoder().decode(Ready.self, from: Data(contentsOf: ready))
        (uuid, url) = (told.uuid, "http://\(told.http)")
    }

    /// What the button on the intercom does.
    func holdButton() async throws {
        try await ask("open-pairing")
    }

    /// Has the program say or do something beside the one that runs.
    func ask(_ words: String...) async throws {
        let press = Process()
        press.executableURL = Self.program
        press.arguments = words + ["--data", directory.appending(path: "data").path]
        press.standardOutput = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { done in
            press.terminationHandler = { _ in done.resume() }
            do { try press.run() } catch { done.resume(throwing: error) }
        }
    }

    /// Pulls the plug. Not SIGTERM: a process begun on a thread of Dispatch blocks it.
    func end() {
        kill(process.processIdentifier, SIGKILL)
    }

    deinit {
        end()
        try? FileManager.default.removeItem(at: directory)
    }
}

/// What must not happen on the way to what a test is about.
enum Trouble: Error {
    case intercomEnded
    case notPaired(PairingProgress?)
    case notAccepted(Accepted)
    case noAnswer
}

func temporaryDirectory() throws -> URL {
    let directory = FileManager.default.temporaryDirectory.appending(path: "phonein-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory
}
