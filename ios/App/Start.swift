import DeviceKeys
import Foundation
import PhoneinCore
import Screens

/// The one core of the app, for its window and for shortcuts.
@MainActor final class Start {
    static let shared = Start(folder: WalletFolder.make())

    let navigation = Navigation()
    let presence = Presence { await DeviceOwner().ask($0) == .confirmed }
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

    /// As the round button of the intercom that was used last does; Home shows what comes of it.
    func pressEntrance() async throws {
        let phonein = try await open()
        guard let place = try await phonein.home().intercoms.first, let entrance = place.doors.first else { return }
        let id = place.intercom.id
        navigation.home(at: id)
        if try await phonein.settings(intercom: id).askFirst {
            guard await DeviceOwner().ask(phonein.label(label: .openDoor)) == .confirmed else { return }
        }
        _ = try await phonein.unlock(intercom: id, door: entrance.door)
    }
}
