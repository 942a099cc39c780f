import Observation
import PhoneinCore

/// A manager who is being removed.
struct Leaving {
    let manager: String
    let removal: ManagerRemoval
    /// The keys to be deleted with them.
    var deleted: Set<String>
}

/// The managers of an intercom over the core.
@MainActor @Observable final class ManagersModel {
    private(set) var managers: [Manager] = []
    /// A key of each who could be made one.
    private(set) var candidates: [KeyRow] = []
    /// Whose key it is asked of whether they become one.
    var candidate: KeyRow?
    /// Who is being removed, once it is known what that asks. What went wrong with it goes with the question.
    var leaving: Leaving? {
        didSet { if leaving == nil { progress.forget() } }
    }
    let progress = Progress()

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
        // The page below says so if there are none.
        if let settings = try? await phonein.settings(intercom: intercom) { show(settings) }
    }

    func show(_ settings: IntercomSettings) { (managers, candidates) = (settings.managers, settings.candidates) }

    /// MAKE MANAGER.
    func add(_ key: KeyRow) async {
        await progress.run {
            try await phonein.addManager(key: key.id)
        } then: {
            await ask()
        }
    }

    /// Asks what to do with the keys of a manager who is to be removed.
    func askRemoval(_ manager: String) async {
        var asked: Leaving?
        await progress.run {
            let removal = try await phonein.managerRemoval(intercom: intercom, manager: manager)
            let proposed = removal.keys.filter(\.proposeDelete).map(\.id)
            asked = Leaving(manager: manager, removal: removal, deleted: Set(proposed))
        }
        if let asked { leaving = asked }
    }

    /// Keep this key, or delete it.
    func keep(_ key: String, _ keeps: Bool) {
        if keeps { leaving?.deleted.remove(key) } else { leaving?.deleted.insert(key) }
    }

    /// REMOVE.
    func remove() async {
        guard let asked = leaving else { return }
        await progress.run {
            try await phonein.removeManager(
                intercom: intercom, manager: asked.manager, deleteKeys: Array(asked.deleted))
            leaving = nil
        } then: {
            await ask()
        }
    }
}
