import DeviceKeys
import Foundation
import PhoneinCore
import Screens

/// The one core of the app, for its window and for shortcuts.
@MainActor final class Start {
    static let shared = Start(folder: WalletFolder.make())

    let navigation = Navigation()
    let presence = Presence { reason in
        switch await DeviceOwner().ask(reason) {
        case .confirmed: .confirmed
        case .declined: .declined
        case .impossible: .impossible
        }
    }
    private let folder: URL
    private let keys: @Sendable (URL) throws -> any DeviceKeys
    private let afterwards = Afterwards()
    private var opening: Task<Phonein, any Error>?
    private var opened: (phonein: Phonein, locale: PhoneLocale)?

    /// - Parameter keys: The phone's own; a test has no enclave.
    init(folder: URL, keys: @escaping @Sendable (URL) throws -> any DeviceKeys = Start.keys) {
        self.folder = folder
        self.keys = keys
    }

    /// The core on this phone's wallet: opened once, and again after it could not be.
    func open() async throws -> Phonein {
        let locale = PhoneLocale.current
        let opening =
            opening
            ?? Task { [folder, keys] in
                try await Phonein.open(config: locale.config(folder), deviceKeys: keys(folder))
            }
        self.opening = opening
        do {
            let phonein = try await opening.value
            if opened == nil { opened = (phonein, locale) }
            return phonein
        } catch {
            self.opening = nil
            throw error
        }
    }

    nonisolated static func keys(_ folder: URL) throws -> any DeviceKeys {
        #if targetEnvironment(simulator)
            // Not every Mac lends its simulators an enclave.
            try softwareKeys(directory: folder.appendingPathComponent("keys").path)
        #else
            PhoneKeys()
        #endif
    }

    /// In the meantime the person may have changed how the phone speaks, or travelled.
    func cameToFront() {
        let new = PhoneLocale.current
        guard let (phonein, locale) = opened, locale != new else { return }
        phonein.setLocale(locale: new.language, dayClock: new.dayClock, zone: new.zone)
        opened = (phonein, new)
    }

    /// An opening that was begun ends, although the app is behind others.
    func left() {
        guard let (phonein, _) = opened else { return }
        afterwards.run { await phonein.settled() }
    }

    /// "Open the entrance", where Home stands: Home asks first who presses if it must, and shows what comes of it.
    func pressEntrance() async throws {
        guard let door = try await open().quickDoor() else { return }
        navigation.open(door)
    }
}
