import PhoneinCore

extension Phonein {
    /// Asks now, and again whenever this is different, until the task is cancelled.
    ///
    /// - Parameter isFreshened: Whether intercoms are asked too, at the beginning.
    @MainActor func follow(
        _ shown: Change, isFreshened: Bool = false, ask: @MainActor () async -> Void
    ) async {
        // Listening first, nothing is missed between the two.
        let changes = changes()
        async let fresh: Void = isFreshened ? freshen() : ()
        await ask()
        for await changes in changes where changes.contains(shown) { await ask() }
        await fresh
    }

    /// Reads anew where an intercom can be reached; until then things are shown as they were known.
    func freshen() async {
        // What is known says itself how old it is.
        try? await sync()
    }
}

extension Error {
    /// What the core says of it; every error of the core's says something.
    var told: Told? {
        guard let telling = self as? any TellingError else { return nil }
        // Where an optional is wanted, `telling.told` is this property again, without end.
        let told: Told = telling.told
        return told
    }
}
