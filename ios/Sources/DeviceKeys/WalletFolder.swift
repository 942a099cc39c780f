import Foundation

/// Where the core keeps its wallet: in no backup, since the keys it belongs to are in none, and readable from the first
/// unlocking on, so that an opening that was begun goes on when the phone is locked.
public enum WalletFolder {
    /// The app's own, made if it is not there. Where it cannot be made, the core says so, in words.
    public static func make() -> URL {
        let places = FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask)
        let folder = places[0].appendingPathComponent("wallet", isDirectory: true)
        try? make(folder)
        return folder
    }

    static func make(_ folder: URL) throws {
        // What is made inside inherits the protection.
        let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes(protection, ofItemAtPath: folder.path)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        var folder = folder
        try folder.setResourceValues(values)
    }
}
