import Observation
import PhoneinCore

/// Add device over the core.
@MainActor @Observable final class AddDeviceModel {
    private(set) var code = ""
    var name = "" { didSet { edited(.name) } }
    var ownName = "" { didSet { edited(.ownName) } }
    var address = "" { didSet { edited(.address) } }
    /// What was typed as code, understood; `nil` before anything was.
    private(set) var reading: CodeReading?
    /// What is wrong with a field, found at SAVE.
    private(set) var wrong: (field: AddField, words: String)?
    /// The step it is at; `nil` unless it is being added.
    private(set) var step: String?
    /// How it ended, unless it was added.
    private(set) var ended: Told?
    /// Whether it was not found, or was scanned with its address: that is asked for.
    private(set) var asksAddress = false
    /// The intercom, once it was added.
    private(set) var added: String?
    /// How often SAVE was pressed to any purpose: the screen adds once for each, for as long as it is there.
    private(set) var attempt = 0

    private let phonein: Phonein
    private var isAdding = false

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    func begin() async {
        // A name that cannot be read is typed.
        guard let known = try? await phonein.ownName(), ownName.isEmpty else { return }
        ownName = known
    }

    /// Typed or pasted.
    func type(code typed: String) {
        edited(.code)
        let read = phonein.checkCode(text: typed)
        (reading, code) = (read, read.shown)
    }

    /// Read off the device: its code, and perhaps where it answers.
    func scanned(_ text: String) {
        edited(.code)
        let read = phonein.checkCode(text: text, scanned: true)
        reading = read
        code = read.shown
        guard let found = read.address else { return }
        address = found
        asksAddress = true
    }

    /// SAVE. While it is being added a press adds nothing.
    func save() {
        guard !isAdding else { return }
        (wrong, ended, isAdding) = (nil, nil, true)
        attempt += 1
    }

    /// Adds what SAVE was pressed for; a task that is cancelled ends it.
    func add(_ attempt: Int) async {
        // What was drawn before a press may run after it: only the task of the press itself adds.
        guard attempt > 0 else { return }
        do {
            let steps = try await phonein.addIntercom(code: code, address: address, name: name, ownName: ownName)
            for await progress in steps { show(progress) }
        } catch AddError.Field(let field, let told) {
            wrong = (field, told.title)
        } catch {
            ended = error.told
        }
        (step, isAdding) = (nil, false)
    }

    /// Whether SAVE may be pressed: what is no code cannot be added.
    var isSavable: Bool { reading?.isWrong != true }

    func wrong(_ field: AddField) -> String? { wrong?.field == field ? wrong?.words : nil }

    private func show(_ progress: PairingProgress) {
        switch progress {
        case .searching(let words), .connecting(let words), .asking(let words): step = words
        case .added(let intercom, _): added = intercom
        case .notFound(let told): (step, ended, asksAddress) = (nil, told, true)
        case .wrongCode(let told), .alreadyPaired(let told), .failed(let told), .cancelled(let told):
            (step, ended) = (nil, told)
        }
    }

    private func edited(_ field: AddField) {
        if wrong?.field == field { wrong = nil }
    }
}
