import Observation
import PhoneinCore

/// Opens the core.
@MainActor @Observable final class AppModel {
    private(set) var phonein: Phonein?
    /// Why it could not be opened.
    private(set) var fault: Told?

    private let open: @Sendable () async throws -> Phonein

    init(open: @escaping @Sendable () async throws -> Phonein) {
        self.open = open
    }

    /// At the start, and whenever the app comes to the front: what kept it shut may be over.
    func start() async {
        guard phonein == nil else { return }
        do {
            let opened = try await open()
            phonein = opened
        } catch {
            fault = error.told
        }
    }
}
