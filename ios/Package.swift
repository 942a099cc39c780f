// swift-tools-version:6.0
// The iOS app but for its entry. On a Mac, Xcode opens this package: Apple's SwiftUI, the core from its XCFramework.
// On Linux the same sources are checked and their screens walked: LinuxCheck stands in for Apple's modules, and nothing
// of it reaches a phone.
import Foundation
import PackageDescription

var settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]
var apple: [Target.Dependency] = []
var targets: [Target] = []

#if os(Linux)
    let here = Context.packageDirectory
    /// Made by `cargo xtask test --only iOS` from LinuxCheck/PreviewMacro: what `#Preview` becomes.
    let previews =
        ProcessInfo.processInfo.environment["PHONEIN_PREVIEWS"] ?? here + "/../target/swift/libPreviewsMacros.so"
    /// What stands in for a module of Apple's may use what stands in for another.
    let uses: [String: [Target.Dependency]] = [
        "SwiftUI": ["UIKit", "UniformTypeIdentifiers"], "CryptoKit": ["Security", "LocalAuthentication"],
    ]
    // As Apple ships it: an enum that is not frozen wants @unknown default.
    let evolving: [SwiftSetting] = [.unsafeFlags(["-enable-library-evolution", "-suppress-warnings"])]

    func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: here + "/" + path) }

    for module in [
        "Accessibility", "AppIntents", "CryptoKit", "LocalAuthentication", "Security", "SwiftUI", "UIKit",
        "UniformTypeIdentifiers",
    ] {
        let path = "LinuxCheck/Sources/\(module)"
        guard isThere(path) else { continue }
        apple.append(.byName(name: module))
        targets.append(
            .target(name: module, dependencies: uses[module] ?? [], path: path, swiftSettings: settings + evolving))
    }
    settings += [.unsafeFlags(["-load-plugin-library", previews, "-warnings-as-errors"])]
    /// Swift 6.0's libswiftObservation.so lacks a symbol on Linux; what imports Observation links only so.
    let link: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "--allow-shlib-undefined"])]
    // The app belongs to the Xcode project; here it is compiled, and its files are read.
    let resources = [
        "Assets.xcassets", "Info.plist", "InfoPlist.xcstrings", "Localizable.xcstrings", "Phonein.entitlements",
        "PrivacyInfo.xcprivacy",
    ]
    if isThere("App/PhoneinApp.swift") {
        targets.append(
            .executableTarget(
                name: "PhoneinApp", dependencies: ["Screens", "DeviceKeys"] + apple, path: "App", exclude: resources,
                swiftSettings: settings, linkerSettings: link))
        targets.append(
            .testTarget(
                name: "AppTests", dependencies: ["PhoneinApp"] + apple, swiftSettings: settings, linkerSettings: link))
    }
    if isThere("Tests/DeviceKeysTests") {
        targets.append(
            .testTarget(
                name: "DeviceKeysTests", dependencies: ["DeviceKeys"] + apple, swiftSettings: settings,
                linkerSettings: link))
    }
    targets.append(
        .testTarget(
            name: "ScreensTests", dependencies: ["Screens"] + apple, exclude: ["Outlines"], swiftSettings: settings,
            linkerSettings: link))
    let hasDeviceKeys = isThere("Sources/DeviceKeys")
#else
    let hasDeviceKeys = true
#endif

/// The core, as its Swift package gives it.
let core: Target.Dependency = .product(name: "PhoneinCore", package: "swift")
targets.append(.target(name: "Screens", dependencies: [core] + apple, swiftSettings: settings))
if hasDeviceKeys {
    targets.append(.target(name: "DeviceKeys", dependencies: [core] + apple, swiftSettings: settings))
}

let package = Package(
    name: "Phonein",
    platforms: [.iOS(.v17)],
    products: [.library(name: "Screens", targets: hasDeviceKeys ? ["Screens", "DeviceKeys"] : ["Screens"])],
    dependencies: [.package(path: "../bindings/swift")],
    targets: targets
)
