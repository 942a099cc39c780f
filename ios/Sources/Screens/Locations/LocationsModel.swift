import Observation
import PhoneinCore

/// My Locations over the core.
@MainActor @Observable final class LocationsModel {
    /// `nil` until the core has said.
    private(set) var intercoms: [Intercom]?
    /// Why there are none.
    private(set) var trouble: Told?

    private let phonein: Phonein

    init(phonein: Phonein) {
        self.phonein = phonein
    }

    func follow() async {
        await phonein.follow(.intercoms) {
            do {
                (intercoms, trouble) = (try await phonein.intercoms(), nil)
            } catch {
                trouble = error.told
            }
        }
    }
}
