import Foundation
import PhoneinBindings
import PhoneinCore
import Testing

/// Every case of every error arrives as its own type, with the core's words as its text.
@Suite(.timeLimit(.minutes(2))) struct ErrorTests {
    private let gone = "This is no longer here. Look at the list again."

    @Test func theWalletSaysWhy() async throws {
        let phone = try await Phone()
        await expect {
            try await phone.core.key(id: "17")
        } throws: {
            guard case WalletError.Gone(let told) = $0 else { return false }
            return told.title == "This is no longer here" && says($0, told.sentence)
        }
        let directory = try temporaryDirectory()
        try Data().write(to: directory.appending(path: "wallet"))
        await expect {
            try await Phone.start(in: directory)
        } throws: {
            guard case WalletError.ReadOnly(let told) = $0 else { return false }
            return says($0, told.sentence)
        }
        await expect {
            try await Phone(keys: Rubbish())
        } throws: {
            guard case WalletError.Internal(let reason, let told) = $0 else { return false }
            return reason == "the phone's keystore returned garbage" && says($0, told.sentence)
        }
    }

    @Test func aNewerFileIsRefused() async throws {
        let directory = try temporaryDirectory()
        _ = try await Phone.start(in: directory)
        let path = directory.appending(path: "wallet/wallet.db")
        // The core closes its files in its own time; what stands in the log by then would count more.
        while FileManager.default.fileExists(atPath: "\(path.path)-wal") {
            try await Task.sleep(for: .milliseconds(10))
        }
        let file = try FileHandle(forUpdating: path)
        // Where SQLite's format has the number of the schema.
        try file.seek(toOffset: 60)
        file.write(Data([0, 0, 0, 99]))
        try file.close()
        await expect {
            try await Phone.start(in: directory)
        } throws: {
            guard case WalletError.TooNew(let told) = $0 else { return false }
            return says($0, told.sentence)
        }
    }

    /// No disk is full here: what the core would send is sent by hand.
    @Test func aFullDiskArrivesAsItIs() throws {
        let told = Told(title: "The phone is full", detail: "Make room", sentence: "The phone is full. Make room.")
        let sent = FfiConverterTypeWalletError_lower(WalletError.Full(told: told))
        let arrived = try FfiConverterTypeWalletError_lift(sent)
        #expect(arrived == WalletError.Full(told: told) && says(arrived, told.sentence))
    }

    @Test func anIntercomIsNotAdded() async throws {
        let core = try await Phone().core
        await expect {
            try await core.addIntercom(code: "3f0c", name: "Home", ownName: "Anna")
        } throws: {
            guard case AddError.Field(let field, let told) = $0 else { return false }
            return field == AddField.code && told.title == "28 more characters" && says($0, told.sentence)
        }
        await expect {
            try await core.renameIntercom(id: "17", name: "Home")
        } throws: {
            guard case AddError.Wallet(WalletError.Gone) = $0 else { return false }
            return says($0, gone)
        }
        let reading: CodeReading = core.checkCode(text: "3f0c")
        #expect(!reading.isWrong && reading.code == nil && reading.shown == "3f0c")
        #expect(core.checkCode(text: "zz").isWrong)
        let scanned = core.checkCode(text: "3f0c9a4e71d24b6a9c550123456789ab 192.168.1.40", scanned: true)
        #expect(scanned.shown == "3f0c9a4e-71d2-4b6a-9c55-0123456789ab" && scanned.address == "192.168.1.40")
    }

    @Test func anIntercomDoesNotDoWhatIsAsked() async throws {
        let intercom = try await IntercomProcess("--inner-door")
        let (anna, bela) = (try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: "Anna")
        try await anna.core.sync()
        let mars = SettingsChange.zone(zone: "Mars/Tharsis")
        await expect {
            try await anna.core.changeSettings(intercom: home, change: mars)
        } throws: {
            guard case IntercomError.Field(.zone, let told) = $0 else { return false }
            return says($0, told.sentence)
        }
        await expect {
            try await anna.core.changeSettings(intercom: "17", change: .innerDoor(on: false))
        } throws: {
            guard case IntercomError.Wallet(WalletError.Gone) = $0 else { return false }
            return says($0, gone)
        }

        try await intercom.holdButton()
        let there = try await bela.pair(intercom, as: "Béla")
        try await anna.core.sync()
        let managers = try await anna.core.settings(intercom: home).managers
        let manager = try #require(managers.first { !$0.isThisPhone })
        try await anna.core.removeManager(intercom: home, manager: manager.id, deleteKeys: [])
        await expect {
            try await bela.core.changeSettings(intercom: there, change: .innerDoor(on: false))
        } throws: {
            guard case IntercomError.Refused(_, let told) = $0 else { return false }
            return says($0, told.sentence)
        }

        intercom.end()
        await expect {
            try await anna.core.changeSettings(intercom: home, change: .innerDoor(on: false))
        } throws: {
            guard case IntercomError.NotReached(let told, let paths) = $0 else { return false }
            let path: FailedPath? = paths.first { $0.by == Via.network }
            guard case PathFault.silent? = path?.fault else { return false }
            return path?.way == Way.address && path?.wayWords == "Change address"
                && !told.sentence.contains("door stays shut") && says($0, told.sentence)
        }
    }

    @Test func aLinkIsNotAccepted() async throws {
        let intercom = try await IntercomProcess()
        let keys = try ShellKeys()
        let (anna, bela) = (try await Phone(), try await Phone(keys: keys))
        let home = try await anna.pair(intercom, as: "Anna")
        await expect {
            try await anna.core.previewLink(text: "https://example.org/k#")
        } throws: {
            guard case LinkError.Unreadable(LinkProblem.damaged, let mayCopyAgain, let told) = $0 else { return false }
            return mayCopyAgain && says($0, told.sentence)
        }
        let (_, text) = try await anna.make("Friends", at: home)
        await expect {
            try await bela.core.acceptLink(text: text, ownName: " ")
        } throws: {
            guard case LinkError.OwnName(let told) = $0 else { return false }
            return says($0, told.sentence)
        }
        let closed = try await Phone(keys: Rubbish(wrapping: true))
        await expect {
            try await closed.core.acceptLink(text: text, ownName: "Béla")
        } throws: {
            guard case LinkError.Wallet(WalletError.Internal(_, let told)) = $0 else { return false }
            return says($0, told.sentence)
        }
    }

    @Test func aKeyIsNotSavedOrNotShared() async throws {
        let intercom = try await IntercomProcess()
        let keys = try ShellKeys()
        let (anna, bela, cili) = (try await Phone(keys: keys), try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: "Anna")
        let wizard = try await anna.core.newKey(intercom: home)
        await expect {
            try await wizard.save()
        } throws: {
            guard case SaveError.Field(KeyField.name, let told) = $0 else { return false }
            return told.title == "Give the key a name" && says($0, told.sentence)
        }
        wizard.setName(name: "Friends")
        keys.sign { _ in throw DeviceKeysError.Locked }
        await expect {
            try await wizard.save()
        } throws: {
            guard case SaveError.Wallet(WalletError.Internal(let reason, let told)) = $0 else { return false }
            return reason == "the phone's keys are locked" && says($0, told.sentence)
        }
        keys.sign(nil)

        let key = try await wizard.save()
        _ = try await bela.accept(try await anna.core.share(id: key).text, as: "Béla")
        try await anna.core.sync()
        await expect {
            try await anna.core.share(id: key)
        } throws: {
            guard case ShareError.NoLink(let ways, let told, isStatus: true) = $0 else { return false }
            return ways == [ShareWay.someoneElse, .newPhone] && told.title == "On Béla's phone"
                && says($0, told.sentence)
        }
        await expect {
            try await anna.core.share(id: "17")
        } throws: {
            guard case ShareError.Wallet(WalletError.Gone) = $0 else { return false }
            return says($0, gone)
        }
        try await intercom.holdButton()
        _ = try await cili.make("Neighbours", at: try await cili.pair(intercom, as: "Cili"))
        try await cili.core.sync()
        try await anna.core.sync()
        let theirs = try #require(try await anna.core.keys(search: "neighbours").keys.first)
        await expect {
            try await anna.core.share(id: theirs.id)
        } throws: {
            guard case ShareError.NoLink(let ways, let told, isStatus: false) = $0 else { return false }
            return ways == [.newPhone] && says($0, told.sentence)
        }
    }

    @Test func aDoorIsNotAsked() async throws {
        let (wire, anna, home, intercom) = try await residentBehindWire("--inner-door")
        await expect {
            try await anna.core.unlock(intercom: "17", door: .entrance)
        } throws: {
            guard case UnlockError.Wallet(WalletError.Gone) = $0 else { return false }
            return says($0, gone)
        }
        wire.holds = true
        let asked = try await anna.core.unlock(intercom: home, door: .entrance)
        await wire.hasLost()
        await expect {
            try await anna.core.unlock(intercom: home, door: .inner)
        } throws: {
            guard case UnlockError.Busy(let told) = $0 else { return false }
            return told.title == "One door at a time" && says($0, told.sentence)
        }
        asked.cancel()
        withExtendedLifetime(intercom) {}
    }

    private func expect<T>(
        _ call: () async throws -> T, throws isRight: (any Error) -> Bool, at place: SourceLocation = #_sourceLocation
    ) async {
        do {
            Issue.record("not thrown, but returned: \(try await call())", sourceLocation: place)
        } catch {
            #expect(isRight(error), "\(error)", sourceLocation: place)
        }
    }

    private func says(_ error: any Error, _ text: String) -> Bool {
        !text.isEmpty && error.localizedDescription == text
    }
}

/// Returns the same few bytes to everything.
final class Rubbish: DeviceKeys {
    private let bytes: Data

    /// Of the size of a wrapping key, or of nothing.
    init(wrapping: Bool = false) { bytes = Data(repeating: 7, count: wrapping ? 32 : 5) }
    func create(alias: String) -> Data { bytes }
    func sign(alias: String, text: Data) -> Data { bytes }
    func forget(alias: String) {}
    func wrappingKey() -> Data { bytes }
}

/// A manager and the wire between her phone and the intercom.
func residentBehindWire(_ options: String...) async throws -> (Wire, Phone, home: String, IntercomProcess) {
    let wire = Wire()
    let intercom = try await IntercomProcess(options + ["--url", wire.url])
    wire.leads(to: intercom.url)
    let anna = try await Phone()
    let home = try await anna.pair("\(intercom.uuid) \(wire.url)", as: "Anna")
    try await anna.core.sync()
    return (wire, anna, home, intercom)
}
