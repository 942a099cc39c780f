import Foundation
import Testing

@testable import DeviceKeys

struct WalletFolderTests {
    @Test func theFolderIsMadeOnceAndKeepsWhatIsInIt() throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("phonein-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let folder = place.appendingPathComponent("support/wallet")
        try WalletFolder.make(folder)
        let file = folder.appendingPathComponent("file")
        try Data([1]).write(to: file)
        try WalletFolder.make(folder)
        #expect(try Data(contentsOf: file) == Data([1]))
    }

    @Test func whereItCannotBeMadeIsToldByTheCore() {
        #expect(throws: (any Error).self) { try WalletFolder.make(URL(fileURLWithPath: "/dev/null/wallet")) }
        #expect(WalletFolder.make().lastPathComponent == "wallet")
    }
}
