import Foundation
import PhoneinCore
import Testing

/// Cancelling a task ends the work in Rust: what that held is dropped there, which shows at the other end of the line.
@Suite(.timeLimit(.minutes(2))) struct CancelTests {
    @Test func aTapWhoseTaskIsCancelledSendsNothingMore() async throws {
        let (wire, anna, home, intercom) = try await residentBehindWire()
        wire.holds = true
        let pressing = Task { try await anna.core.unlock(intercom: home, door: .entrance).all() }
        await wire.hasLost()
        pressing.cancel()
        #expect(try await pressing.value.allSatisfy { $0.isStep }, "what the core says afterwards is ignored")
        await wire.isGivenUp()

        // Who asks Home hears the end.
        for await _ in anna.core.changes() where try await !tap(of: anna).isStep { break }
        wire.holds = false
        try await anna.core.sync()
        #expect(try await tap(of: anna).state == TapState.settled(how: Settled.neverArrived))
        let opened = ActivityFilter(intercom: home, show: ActivityShow.opened)
        #expect(try await anna.core.activity(filter: opened).entries.isEmpty, "the door stayed shut")
        withExtendedLifetime(intercom) {}
    }

    @Test func aTapGoesOnWhenNobodyListensAnyMore() async throws {
        let intercom = try await IntercomProcess()
        let anna = try await Phone()
        let home = try await anna.pair(intercom, as: "Anna")
        let changes = anna.core.changes()
        for await _ in try await anna.core.unlock(intercom: home, door: .entrance) { break }
        for await _ in changes where try await tap(of: anna).isOpen { break }
    }

    @Test func anAttemptToPairWhoseTaskIsCancelledHangsUp() async throws {
        let wire = Wire()
        let intercom = try await IntercomProcess()
        wire.leads(to: intercom.url)
        wire.holds = true
        let phone = try await Phone()
        let pairing = Task { try await phone.pair("\(intercom.uuid) \(wire.url)", as: "Anna") }
        await wire.hasLost()
        pairing.cancel()
        await #expect(throws: Trouble.self) { try await pairing.value }
        await wire.isGivenUp()
        wire.holds = false
        _ = try await phone.pair("\(intercom.uuid) \(wire.url)", as: "Anna")
    }

    @Test func aTaskThatIsCancelledAlreadyBeginsNothing() async throws {
        let (wire, anna, home, intercom) = try await residentBehindWire()
        wire.holds = true
        let told = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await anna.core.unlock(intercom: home, door: .entrance).all()
        }.value
        #expect(told.allSatisfy { $0.isStep })
        for await _ in anna.core.changes() where try await !tap(of: anna).isStep { break }
        withExtendedLifetime(intercom) {}
    }

    @Test func aSubscriptionIsDroppedWithItsTask() async throws {
        let phone = try await Phone()
        let hearing = Task { try await phone.core.changes().all() }
        phone.core.setLocale(locale: "en", dayClock: .twelve, zone: "Europe/Budapest")
        hearing.cancel()
        _ = try await hearing.value
    }

    @Test func handlesAreEndedByHandToo() async throws {
        let (wire, anna, home, intercom) = try await residentBehindWire()
        wire.holds = true
        let taps = try await anna.core.unlock(intercom: home, door: .entrance)
        await wire.hasLost()
        taps.cancel()
        let last = try #require(try await taps.last())
        #expect([TapState.cancelled, .noAnswer].contains(last.state))

        let ready: StayReady = try await anna.core.stayReady(intercom: home)
        await wire.hasLost()
        ready.cancel()
        await wire.isGivenUp()

        let phone = try await Phone()
        let code = "3f0c9a4e-71d2-4b6a-9c55-0123456789ab \(wire.url)"
        let pairing = try await phone.core.addIntercom(code: code, name: "Home", ownName: "Béla")
        await wire.hasLost()
        pairing.cancel()
        guard case PairingProgress.cancelled? = try await pairing.last() else {
            Issue.record("a pairing that is cancelled says so")
            return
        }
        withExtendedLifetime(intercom) {}
    }

    private func tap(of phone: Phone) async throws -> Tap {
        try #require(try await phone.core.home().intercoms.first?.doors.first).tap
    }
}
