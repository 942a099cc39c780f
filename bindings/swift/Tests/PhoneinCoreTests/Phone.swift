import Foundation
import PhoneinCore

/// A phone in Budapest with the real core.
final class Phone: Sendable {
    let core: Phonein
    let directory: URL

    init(keys: (any DeviceKeys)? = nil) async throws {
        directory = try temporaryDirectory()
        core = try await Self.start(in: directory, keys: keys)
    }

    /// The app is started; in the same directory, again.
    static func start(in directory: URL, keys: (any DeviceKeys)? = nil) async throws -> Phonein {
        let config = Config(
            directory: directory.appending(path: "wallet").path, locale: "en", dayClock: .twentyFour,
            zone: "Europe/Budapest")
        let software = try softwareKeys(directory: directory.appending(path: "keys").path)
        return try await Phonein.open(config: config, deviceKeys: keys ?? software)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Adds an intercom; its id.
    func pair(_ intercom: IntercomProcess, as ownName: String) async throws -> String {
        try await pair(intercom.code, as: ownName)
    }

    func pair(_ code: String, as ownName: String) async throws -> String {
        let last = try await core.addIntercom(code: code, name: "Home", ownName: ownName).last()
        guard case .added(let intercom, _) = last else { throw Trouble.notPaired(last) }
        return intercom
    }

    /// CREATE KEY and SHARE; the key and its link's text.
    func make(
        _ name: String, at intercom: String, _ fill: (KeyWizard) -> Void = { _ in }
    ) async throws -> (key: String, text: String) {
        let wizard = try await core.newKey(intercom: intercom)
        wizard.setName(name: name)
        fill(wizard)
        let key = try await wizard.save()
        let text = try await core.share(id: key).text
        try await core.markShared(id: key)
        return (key, text)
    }

    /// Accepts a link; the key, and the intercom's id on this phone.
    func accept(_ text: String, as ownName: String) async throws -> (key: String, intercom: String) {
        let accepted = try await core.acceptLink(text: text, ownName: ownName)
        guard case .added(let key, let intercom, _) = accepted else { throw Trouble.notAccepted(accepted) }
        return (key, intercom)
    }

    /// Presses a door's button; the first that is no step.
    func press(_ intercom: String, _ door: Door = .entrance, key: String? = nil) async throws -> Tap {
        for await tap in try await core.unlock(intercom: intercom, key: key, door: door) where !tap.isStep {
            return tap
        }
        throw Trouble.noAnswer
    }

    /// A key's row, once everything is delivered and read.
    func row(_ key: String) async throws -> KeyRow? {
        try await core.sync()
        return try await core.keys().keys.first { $0.id == key }
    }
}

extension Tap {
    var isStep: Bool {
        switch state {
        case .searching, .connecting, .asking: true
        default: false
        }
    }

    var isOpen: Bool {
        if case .opened = state { true } else { false }
    }
}

extension AsyncSequence {
    /// All of it, until it ends.
    func all() async throws -> [Element] {
        try await reduce(into: []) { $0.append($1) }
    }

    func last() async throws -> Element? {
        try await reduce(nil) { $1 }
    }
}
