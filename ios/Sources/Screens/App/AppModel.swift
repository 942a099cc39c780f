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

    func start() async {
        do {
            let opened = try await open()
            phonein = opened
        } catch {
            fault = error.told
        }
    }
}
