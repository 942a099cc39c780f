import PhoneinBindings

extension Phonein {
    /// Presses a door's button: every step, the end, and once a second while the door is open. The last tap comes once what
    /// happened is written down and the door is shut; the next press is another tap.
    ///
    /// - Parameters:
    ///   - intercom: The `id` of an `Intercom`.
    ///   - key: The key that was tapped in KEYS. On the round button there is none: a manager opens by their own right, a
    ///     guest with the key the button shows.
    ///   - door: A press on a door that is asked or open adds nothing and hears of the tap that is in hand.
    /// - Throws: `UnlockError`.
    public func unlock(intercom: String, key: String? = nil, door: Door) async throws -> Events<Tap> {
        try await Events { try await self.unlock(intercom: intercom, key: key, door: door, listener: $0) }
    }

    /// Adds an intercom: every step, and the end.
    ///
    /// - Parameters:
    ///   - code: The device UUID, perhaps with the address behind a space.
    ///   - address: Counts more than the one in `code`.
    ///   - name: What the intercom is called here.
    ///   - ownName: What its activity calls this phone's person.
    /// - Throws: `AddError`.
    public func addIntercom(
        code: String, address: String = "", name: String, ownName: String
    ) async throws -> Events<PairingProgress> {
        try await Events {
            try await self.addIntercom(code: code, address: address, name: name, ownName: ownName, listener: $0)
        }
    }

    /// What is different from now on, so that a screen asks again. Who takes their time misses nothing: what changed
    /// meanwhile is told together.
    public func changes() -> Events<[Change]> {
        Events(merge: together) { self.watch(listener: $0) }
    }
}

/// Each change once.
func together(_ told: [Change], _ new: [Change]) -> [Change] { told + new.filter { !told.contains($0) } }
