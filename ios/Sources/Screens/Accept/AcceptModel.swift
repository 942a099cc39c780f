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
    /// The intercom of the key, which is here, or will be once that was reached: Home shows which.
    private(set) var accepted: String?

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
            case .added(_, let intercom, _), .waiting(_, let intercom, _): accepted = intercom
            case .refused(let told): ended = Ended(told: told)
            }
        } catch {
            show(error)
        }
        isAsking = false
    }

    /// Which button there is.
    var offer: InvitationOffer? {
        guard let offer = invitation?.offer else { return nil }
        return offer == .useHere && isUsedHere ? .add : offer
    }

    private func show(_ error: any Error) {
        switch error {
        case LinkError.OwnName(let told): wrongName = told.title
        case LinkError.Unreadable(_, let copyAgain, let told): ended = Ended(told: told, asksAnother: copyAgain)
        default:
            guard let told = error.told else { return }
            if invitation == nil { ended = Ended(told: told) } else { fault = told }
        }
    }
}
