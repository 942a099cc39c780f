import Observation
import PhoneinCore

/// What the page changes.
enum Setting { case name, innerDoor, address, paths, askFirst, remove }

/// Settings of an intercom over the core.
@MainActor @Observable final class SettingsModel {
    /// `nil` until the core has said.
    private(set) var settings: IntercomSettings?
    /// Why there are none.
    private(set) var trouble: Told?
    /// What is being changed.
    private(set) var working: Setting?
    /// What was not changed, and why.
    private(set) var wrong: (setting: Setting, words: String)?
    /// The setting that is typed, and what.
    var typing: Setting?
    var typed = "" { didSet { wrong = nil } }
    /// What removing the intercom means, once that was asked.
    var forgetting: Forgetting?
    /// What remains to be known once it is removed.
    var left: String?
    /// It is no longer here.
    private(set) var isGone = false

    private let phonein: Phonein
    private let intercom: String

    init(phonein: Phonein, intercom: String) {
        self.phonein = phonein
        self.intercom = intercom
    }

    func follow() async {
        await phonein.follow(.settings, isFreshened: true) { await ask() }
    }

    private func ask() async {
        do {
            show(try await phonein.settings(intercom: intercom))
        } catch WalletError.Gone {
            isGone = true
        } catch {
            trouble = error.told
        }
    }

    func show(_ new: IntercomSettings) {
        settings = new
        trouble = nil
    }

    /// Opens the field of a setting that is typed.
    func type(_ setting: Setting) {
        typed = (setting == .name ? settings?.intercom.name : settings?.address) ?? ""
        typing = setting
    }

    /// SAVE beside what was typed.
    func save() async {
        guard let setting = typing else { return }
        await change(setting) { [phonein, intercom, typed] in
            if setting == .name {
                try await phonein.renameIntercom(id: intercom, name: typed)
            } else {
                try await phonein.changeSettings(intercom: intercom, change: .address(address: typed))
            }
            self.typing = nil
        }
    }

    func change(_ setting: Setting, to change: SettingsChange) async {
        await self.change(setting) { [phonein, intercom] in
            try await phonein.changeSettings(intercom: intercom, change: change)
        }
    }

    /// Asks what removing it means.
    func askRemoval() async {
        var asked: Forgetting?
        await change(.remove) { asked = try await phonein.forgetting(id: intercom) }
        // Not before: while something is being changed its answer would do nothing.
        forgetting = asked
    }

    /// REMOVE.
    func remove() async {
        await change(.remove) { [phonein, intercom] in
            self.left = try await phonein.forgetIntercom(id: intercom)
            self.isGone = true
        }
    }

    /// Whether there is nothing more to say about what is gone.
    var isOver: Bool { isGone && left == nil && working == nil }

    func wrong(_ setting: Setting) -> String? { wrong?.setting == setting ? wrong?.words : nil }

    /// While something is being changed a press changes nothing.
    private func change(_ setting: Setting, _ deed: @MainActor () async throws -> Void) async {
        guard working == nil else { return }
        (working, wrong) = (setting, nil)
        let words = await Screens.wrong(of: deed)
        if words == nil && !isGone { await ask() }
        wrong = words.map { (setting, $0) }
        working = nil
    }
}
