import Observation
import PhoneinCore

/// Something that is asked of the core, and how it stands.
@MainActor @Observable final class Progress {
    private(set) var isWorking = false
    /// What was not done, and why.
    private(set) var wrong: String?

    /// Does it, and then reads again what it may have changed. While one thing is being done a press adds nothing.
    func run(_ deed: @MainActor () async throws -> Void, then read: @MainActor () async -> Void = {}) async {
        guard !isWorking else { return }
        (isWorking, wrong) = (true, nil)
        let words = await Screens.wrong(of: deed)
        await read()
        (isWorking, wrong) = (false, words)
    }

    /// It was read, or what it is about is gone.
    func forget() { wrong = nil }
}

/// Why the core did not do it, in its words; `nil` if it did.
@MainActor func wrong(of deed: @MainActor () async throws -> Void) async -> String? {
    do {
        try await deed()
        return nil
    } catch {
        return error.told?.sentence
    }
}
