import PhoneinCore

/// Something that is asked of the core, and how it stands.
struct Progress: Equatable {
    var isWorking = false
    /// What was not done, and why.
    var wrong: String?
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
