import LocalAuthentication
import Testing

@testable import DeviceKeys

struct DeviceOwnerTests {
    private func answer(_ confirm: @escaping @Sendable () throws -> Bool) async -> DeviceOwner.Answer {
        await DeviceOwner { reason in
            #expect(reason == "Home · Entrance")
            return try confirm()
        }.ask("Home · Entrance")
    }

    @Test func onlyASystemThatSaysYesConfirms() async {
        #expect(await answer { true } == .confirmed)
        #expect(await answer { false } == .declined)
        #expect(await answer { throw LAError(.userCancel) } == .declined)
        #expect(await answer { throw LAError(.authenticationFailed) } == .declined)
        #expect(await answer { throw CancellationError() } == .declined)
    }

    @Test func aPhoneWithoutAPasscodeCannotSay() async {
        #expect(await answer { throw LAError(.passcodeNotSet) } == .impossible)
        #expect(await DeviceOwner().ask("Home · Entrance") == .impossible, "so it is where there is nobody to ask")
    }
}
