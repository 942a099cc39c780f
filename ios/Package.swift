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
    /// Made by `cargo xtask test --only iOS` from LinuxCheck/PreviewMacro: what `#Preview` becomes.
    let previews =
        ProcessInfo.processInfo.environment["PHONEIN_PREVIEWS"]
        ?? Context.packageDirectory + "/../target/swift/libPreviewsMacros.so"
    /// What stands in for a module of Apple's may use what stands in for another.
    let uses: [String: [Target.Dependency]] = [
        "SwiftUI": ["UIKit", "UniformTypeIdentifiers"], "CryptoKit": ["Security", "LocalAuthentication"],
        "VisionKit": ["UIKit"],
    ]
    // As Apple ships it: an enum that is not frozen wants @unknown default.
    let evolving: [SwiftSetting] = [.unsafeFlags(["-enable-library-evolution", "-suppress-warnings"])]

    for module in [
        "AVFoundation", "Accessibility", "AppIntents", "CryptoKit", "LocalAuthentication", "Network", "Security",
        "SwiftUI", "UIKit", "UniformTypeIdentifiers", "VisionKit",
    ] {
        apple.append(.byName(name: module))
        targets.append(
            .target(
                name: module, dependencies: uses[module] ?? [], path: "LinuxCheck/Sources/\(module)",
                swiftSettings: settings + evolving))
    }
    settings += [.unsafeFlags(["-load-plugin-library", previews, "-warnings-as-errors"])]
    /// Swift 6.0's libswiftObservation.so lacks a symbol on Linux; what imports Observation links only so.
    let link: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "--allow-shlib-undefined"])]
    // The app belongs to the Xcode project; here it is compiled, and its files are read.
    let resources = [
        "Assets.xcassets", "Info.plist", "InfoPlist.xcstrings", "Localizable.xcstrings", "Phonein.entitlements",
        "PrivacyInfo.xcprivacy",
    ]
    /// Over the app's own modules and Apple's.
    @MainActor func over(_ own: Target.Dependency...) -> [Target.Dependency] { own + apple }
    targets.append(
        .executableTarget(
            name: "PhoneinApp", dependencies: over("Screens", "DeviceKeys"), path: "App", exclude: resources,
            swiftSettings: settings, linkerSettings: link))
    // Built when it is measured: a debug build would measure itself.
    targets.append(
        .executableTarget(
            name: "HomeBench", dependencies: over("Screens"), path: "Bench", swiftSettings: settings,
            linkerSettings: link))
    targets.append(
        .testTarget(
            name: "AppTests", dependencies: over("PhoneinApp", "Screens"), swiftSettings: settings,
            linkerSettings: link))
    targets.append(
        .testTarget(
            name: "DeviceKeysTests", dependencies: over("DeviceKeys"), swiftSettings: settings,
            linkerSettings: link))
    targets.append(
        .testTarget(
            name: "ScreensTests", dependencies: over("Screens"), exclude: ["Outlines"], swiftSettings: settings,
            linkerSettings: link))
#endif

/// The core, as its Swift package gives it.
let core: Target.Dependency = .product(name: "PhoneinCore", package: "swift")
targets += ["Screens", "DeviceKeys"].map { .target(name: $0, dependencies: [core] + apple, swiftSettings: settings) }

let package = Package(
    name: "Phonein",
    platforms: [.iOS(.v17)],
    products: [.library(name: "Screens", targets: ["Screens", "DeviceKeys"])],
    dependencies: [.package(path: "../bindings/swift")],
    targets: targets
)
