import Observation
import PhoneinCore

/// Why a link is of no use.
struct Ended: Equatable {
    let told: Told
    /// Whether the whole link, copied again, may help; else only a new one does.
    var asksAnother = false
}

/// The page of a link over the core.
@MainActor @Observable final class AcceptModel {
    /// What the link says; `nil` until it was read.
    private(set) var invitation: Invitation?
    var ownName = "" { didSet { wrongName = nil } }
    /// What is wrong with the name.
    private(set) var wrongName: String?
    /// Whether a manager wants a key to their own intercom here.
    private(set) var isUsedHere = false
    /// Whether the intercom is being asked.
    private(set) var isAsking = false
    /// What kept it from being asked.
    private(set) var fault: Told?
    /// Why there will be no key by this link.
    private(set) var ended: Ended?
    /// The key is here, or will be once the intercom was reached: Home shows which.
    private(set) var isAccepted = false

    private let phonein: Phonein
    private let link: String

    init(phonein: Phonein, link: String) {
        self.phonein = phonein
        self.link = link
    }

    func read() async {
        do {
            let read = try await phonein.previewLink(text: link)
            ownName = read.ownName
            invitation = read
        } catch {
            show(error)
        }
    }

    func useHere() { isUsedHere = true }

    /// ADD KEY. While the intercom is asked a press adds nothing.
    func add() async {
        guard !isAsking else { return }
        (isAsking, wrongName, fault) = (true, nil, nil)
        do {
            switch try await phonein.acceptLink(text: link, ownName: ownName) {
            case .added, .waiting: isAccepted = true
            case .refused(let told): ended = Ended(told: told)
            }
        } catch {
            show(error)
        }
        isAsking = false
    }

    /// Whether ADD KEY shows: not for a key that is here, and for one to an own intercom only when it is wanted here.
    var isOffered: Bool {
        guard let invitation, invitation.heldWords == nil else { return false }
        return invitation.ownIntercomWords == nil || isUsedHere
    }

    private func show(_ error: any Error) {
        switch error {
        case LinkError.OwnName(let told): wrongName = told.title
        case LinkError.Unreadable(_, let mayCopyAgain, let told):
            ended = Ended(told: told, asksAnother: mayCopyAgain)
        default:
            guard let told = error.told else { return }
            if invitation == nil { ended = Ended(told: told) } else { fault = told }
        }
    }
}
