import Foundation
import Testing

struct PrivacyTests {
    /// Apple's lists of reasons, as far as any fits us.
    private static let reasons = [
        "NSPrivacyAccessedAPICategoryFileTimestamp": ["DDA9.1", "C617.1", "3B52.1", "0A2A.1"],
        "NSPrivacyAccessedAPICategorySystemBootTime": ["35F9.1", "8FFB.1", "3D61.1"],
        "NSPrivacyAccessedAPICategoryDiskSpace": ["85F4.1", "E174.1", "7D9E.1", "B728.1"],
        "NSPrivacyAccessedAPICategoryUserDefaults": ["CA92.1", "1C8F.1", "C56D.1", "AC6B.1"],
    ]

    @Test func nothingIsCollectedAndEveryReasonIsOneOfApples() throws {
        let privacy = try Files.plist(Files.app.appendingPathComponent("PrivacyInfo.xcprivacy"))
        #expect(privacy["NSPrivacyTracking"] as? Bool == false)
        #expect((privacy["NSPrivacyTrackingDomains"] as? [Any])?.isEmpty == true)
        #expect((privacy["NSPrivacyCollectedDataTypes"] as? [Any])?.isEmpty == true)
        let accessed = try #require(privacy["NSPrivacyAccessedAPITypes"] as? [[String: Any]])
        for kind in accessed {
            let name = try #require(kind["NSPrivacyAccessedAPIType"] as? String)
            let known = try #require(Self.reasons[name], "\(name)")
            let given = try #require(kind["NSPrivacyAccessedAPITypeReasons"] as? [String])
            #expect(!given.isEmpty && Set(given).isSubset(of: known), "\(name)")
        }
        let names = accessed.compactMap { $0["NSPrivacyAccessedAPIType"] as? String }
        let usesDefaults = try Files.swift().contains { $0.contains("UserDefaults") || $0.contains("@AppStorage") }
        #expect(names.contains("NSPrivacyAccessedAPICategoryUserDefaults") == usesDefaults)
    }
}
