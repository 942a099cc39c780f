// swift-tools-version:6.0
import Foundation
import PackageDescription

let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
/// Where cargo's libphonein_core lies, for systems that are not Apple's: a .so, or an .a alone.
let library =
    ProcessInfo.processInfo.environment["PHONEIN_LIBRARY"]
    ?? here.appendingPathComponent("../../target/debug").standardized.path

#if os(Linux)
    /// The header, and where the library behind it is.
    let core: Target = .systemLibrary(name: "PhoneinCoreFFI", path: "generated/PhoneinCoreFFI")
    let link: [LinkerSetting] = [
        .unsafeFlags(["-L", library, "-Xlinker", "-rpath", "-Xlinker", library]),
        .linkedLibrary("phonein_core"),
    ]
#else
    /// Made by `cargo xtask ios`.
    let core: Target = .binaryTarget(name: "PhoneinCoreFFI", path: "generated/PhoneinCoreFFI.xcframework")
    let link: [LinkerSetting] = [.linkedFramework("CoreBluetooth"), .linkedFramework("Security")]
#endif

let package = Package(
    name: "PhoneinCore",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "PhoneinCore", targets: ["PhoneinCore"])],
    targets: [
        core,
        // Written by `cargo xtask bindings swift`. What UniFFI generates is not ready for the checks of Swift 6.
        .target(
            name: "PhoneinBindings", dependencies: ["PhoneinCoreFFI"], path: "generated/PhoneinBindings",
            swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: link),
        .target(name: "PhoneinCore", dependencies: ["PhoneinBindings"]),
        .testTarget(name: "PhoneinCoreTests", dependencies: ["PhoneinCore"]),
    ]
)
