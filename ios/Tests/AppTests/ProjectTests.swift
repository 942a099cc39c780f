import Foundation
import Testing

/// Xcode's project, as far as it can be wrong without Xcode.
struct ProjectTests {
    let project: [String: Any]
    let objects: [String: [String: Any]]

    init() throws {
        project = try Files.plist(Files.ios.appendingPathComponent("Phonein.xcodeproj/project.pbxproj"))
        objects = try #require(project["objects"] as? [String: [String: Any]])
    }

    private func all(_ kind: String) -> [[String: Any]] { objects.values.filter { $0["isa"] as? String == kind } }

    private func only(_ kind: String) throws -> [String: Any] {
        let found = all(kind)
        try #require(found.count == 1, "\(kind)")
        return found[0]
    }

    /// Every string in a value.
    private func strings(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(strings)
        case let table as [String: Any]: table.flatMap { strings($0.value) + [$0.key] }
        default: []
        }
    }

    @Test func everyObjectIsThereAndUsed() throws {
        let isName = { (text: String) in text.count == 24 && text.allSatisfy(\.isHexDigit) }
        var used = Set(strings(try #require(project["rootObject"])))
        for object in objects.values { used.formUnion(strings(object).filter(isName)) }
        #expect(used == Set(objects.keys))
    }

    @Test func everyFileItNamesIsThere() throws {
        var paths = all("PBXFileReference").filter { $0["sourceTree"] as? String == "<group>" }
            .compactMap { $0["path"] as? String }
        paths += all("PBXFileSystemSynchronizedRootGroup").compactMap { $0["path"] as? String }
        paths += all("XCLocalSwiftPackageReference").compactMap { $0["relativePath"] as? String }
            .map { $0 + "/Package.swift" }
        for settings in all("XCBuildConfiguration").compactMap({ $0["buildSettings"] as? [String: Any] }) {
            paths += [settings["INFOPLIST_FILE"] as? String].compactMap { $0 }
        }
        paths += [try #require(try Files.settings()["CODE_SIGN_ENTITLEMENTS"])]
        #expect(paths.count == 7)
        for path in paths {
            let place = Files.ios.appendingPathComponent(path).standardized.path
            #expect(FileManager.default.fileExists(atPath: place), "\(path)")
        }
    }

    /// The target has what is in the folder, whatever comes to it.
    @Test func everySwiftFileOfTheAppIsInTheTarget() throws {
        let target = try only("PBXNativeTarget")
        let groups = try #require(target["fileSystemSynchronizedGroups"] as? [String])
        #expect(groups.compactMap { objects[$0]?["path"] as? String } == ["App"])
        let exceptions = try only("PBXFileSystemSynchronizedBuildFileExceptionSet")["membershipExceptions"]
        #expect(exceptions as? [String] == ["Info.plist"])
        #expect(project["objectVersion"] as? String == "77", "which is the first that knows such folders")
        #expect(try Files.all(under: Files.app, ".swift").contains { try Files.text($0).contains("@main") })
    }

    @Test func thePackagesHaveTheProductsItLinks() throws {
        for product in all("XCSwiftPackageProductDependency") {
            let reference = try #require(product["package"] as? String)
            let package = try #require(objects[reference]?["relativePath"] as? String)
            let manifest = try Files.text(Files.ios.appendingPathComponent(package + "/Package.swift"))
            let name = try #require(product["productName"] as? String)
            #expect(manifest.contains(".library(name: \"\(name)\""), "\(package) has no product \(name)")
        }
    }

    @Test func itIsForTheSameSystemAndLanguageAsThePackage() throws {
        let manifest = try Files.text(Files.ios.appendingPathComponent("Package.swift"))
        let oldest = try #require(try manifest.matches(of: #"\.iOS\(\.v(\d+)\)"#).first)
        let settings = all("XCBuildConfiguration").compactMap { $0["buildSettings"] as? [String: Any] }
        let values = { (name: String) in Set(settings.compactMap { $0[name] as? String }) }
        #expect(values("IPHONEOS_DEPLOYMENT_TARGET") == ["\(oldest).0"])
        #expect(values("SWIFT_VERSION") == ["6.0"])
    }

    @Test func theSchemeBuildsTheTarget() throws {
        let place = "Phonein.xcodeproj/xcshareddata/xcschemes/Phonein.xcscheme"
        let scheme = try Files.text(Files.ios.appendingPathComponent(place))
        let target = try #require(objects.first { $0.value["isa"] as? String == "PBXNativeTarget" })
        let named = { (attribute: String) in Set(try scheme.matches(of: attribute + #" = "([^"]*)""#)) }
        #expect(try named("BlueprintIdentifier") == [target.key])
        let name = try #require(target.value["name"] as? String)
        #expect(try named("BlueprintName") == [name])
        #expect(try named("ReferencedContainer") == ["container:Phonein.xcodeproj"])
    }

    /// What only compiles a folder on Linux leaves out what Xcode does not compile.
    @Test func theFolderIsKnownHereToo() throws {
        let manifest = try Files.text(Files.ios.appendingPathComponent("Package.swift"))
        let files = try FileManager.default.contentsOfDirectory(atPath: Files.app.path)
        for file in files where !file.hasSuffix(".swift") {
            #expect(manifest.contains("\"\(file)\""), "\(file)")
        }
    }
}
