import Foundation
import PhoneinCore
import Testing

/// What the system reads of the app before it runs.
struct InfoTests {
    let info: [String: Any]

    init() throws {
        info = try Files.plist(Files.app.appendingPathComponent("Info.plist"))
    }

    /// The question the system asks when a framework is used, beside what shows that it is.
    private static let asked = [
        "NSBluetoothAlwaysUsageDescription": #"\.linkedFramework\("(CoreBluetooth)"\)"#,
        "NSCameraUsageDescription": #"import (VisionKit|AVFoundation)"#,
        "NSFaceIDUsageDescription": #"import (LocalAuthentication)"#,
        // The core's own sockets, to addresses of the network at hand.
        "NSLocalNetworkUsageDescription": #"(address: String)"#,
    ]

    @Test func whatTheAppUsesIsExplainedAndNothingElse() throws {
        let code = try Files.swift() + [Files.text(Files.root.appendingPathComponent("bindings/swift/Package.swift"))]
        for (key, use) in Self.asked {
            let isUsed = try code.contains { try !$0.matches(of: use).isEmpty }
            #expect(isUsed == (info[key] != nil), "\(key)")
        }
        #expect(Set(info.keys.filter { $0.hasSuffix("UsageDescription") }) == Set(Self.asked.keys))
    }

    @Test func everySentenceIsInTheCatalog() throws {
        let words = try Catalog("InfoPlist").english
        #expect(Set(words.keys) == Set(Self.asked.keys).union(["CFBundleDisplayName"]))
        for (key, sentence) in words {
            #expect(info[key] as? String == sentence, "\(key)")
            #expect(!sentence.isEmpty)
        }
    }

    @Test func linksHaveOneHost() throws {
        let host = try #require(try Files.settings()["PHONEIN_LINK_HOST"])
        let config = Config(directory: "", locale: "en", dayClock: .twentyFour, zone: "UTC")
        #expect(host == config.linkHost, "what the core makes links for")
        #expect(info["PhoneinLinkHost"] as? String == "$(PHONEIN_LINK_HOST)")
        let entitlements = try Files.plist(Files.app.appendingPathComponent("Phonein.entitlements"))
        let domains = entitlements["com.apple.developer.associated-domains"] as? [String]
        #expect(domains == ["applinks:$(PHONEIN_LINK_HOST)"])
    }

    @Test func theHostKnowsTheAppAndItsPath() throws {
        let site = Files.root.appendingPathComponent("docs/site")
        let association = try Files.json(site.appendingPathComponent(".well-known/apple-app-site-association"))
        let links = try #require(association["applinks"] as? [String: Any])
        let details = try #require(links["details"] as? [[String: Any]])
        try #require(details.count == 1)
        let bundle = try #require(try Files.settings()["PRODUCT_BUNDLE_IDENTIFIER"])
        #expect(details[0]["appIDs"] as? [String] == ["REPLACE-WITH-YOUR-TEAM-ID.\(bundle)"])
        let paths = (details[0]["components"] as? [[String: String]] ?? []).compactMap { $0["/"] }
        #expect(paths == ["/k"])
        for path in paths {
            let page = site.appendingPathComponent(path + "/index.html")
            #expect(FileManager.default.fileExists(atPath: page.path), "who has no app sees a page")
        }
    }

    /// Any app may take a scheme for itself, and whoever has a link has the key.
    @Test func noOtherAppCanTakeALink() {
        #expect(info["CFBundleURLTypes"] == nil)
    }

    @Test func nothingRunsInTheBackground() {
        #expect(info["UIBackgroundModes"] == nil)
    }

    @Test func codeAsksForKeysThatAreThere() throws {
        let asked = try Files.swift().flatMap { try $0.matches(of: #"infoDictionary\?\["(\w+)"\]"#) }
        #expect(!asked.isEmpty)
        for key in asked { #expect(info[key] != nil, "\(key)") }
    }

    @Test func whatTheSystemFillsInIsSet() throws {
        let settings = try Files.settings()
        let own = ["PHONEIN_LINK_HOST", "PRODUCT_BUNDLE_IDENTIFIER", "MARKETING_VERSION", "CURRENT_PROJECT_VERSION"]
        for name in own { #expect(settings[name]?.isEmpty == false, "\(name)") }
        let xcodes = ["DEVELOPMENT_LANGUAGE", "EXECUTABLE_NAME", "PRODUCT_NAME", "PRODUCT_BUNDLE_PACKAGE_TYPE"]
        let text = try Files.text(Files.app.appendingPathComponent("Info.plist"))
        #expect(Set(try text.matches(of: #"\$\((\w+)\)"#)) == Set(own + xcodes))
    }
}
