import Foundation
import Testing

struct AssetsTests {
    private let catalog = Files.app.appendingPathComponent("Assets.xcassets")

    private func names(_ kind: String) throws -> Set<String> {
        let found = try FileManager.default.contentsOfDirectory(atPath: catalog.path)
        return Set(found.filter { $0.hasSuffix(kind) }.map { String($0.dropLast(kind.count)) })
    }

    /// Each colour, light and dark, as #RRGGBB.
    private func tints() throws -> [String: [String]] {
        var tints: [String: [String]] = [:]
        for name in try names(".colorset") {
            let set = try Files.json(catalog.appendingPathComponent("\(name).colorset/Contents.json"))
            let colors = try #require(set["colors"] as? [[String: Any]])
            try #require(colors.count == 2, "\(name): light and dark")
            #expect(colors[0]["appearances"] == nil)
            let dark = try #require(colors[1]["appearances"] as? [[String: String]])
            #expect(dark == [["appearance": "luminosity", "value": "dark"]])
            tints[name] = try colors.map { color in
                let parts = try #require((color["color"] as? [String: Any])?["components"] as? [String: String])
                let hex = ["red", "green", "blue"].map { String(parts[$0, default: ""].dropFirst(2)) }
                #expect(parts["alpha"] == "1.000")
                return hex.joined()
            }
        }
        return tints
    }

    @Test func whatCodeNamesIsThereAndNothingElse() throws {
        let code = try Files.swift().joined()
        let project = try Files.text(Files.ios.appendingPathComponent("Phonein.xcodeproj/project.pbxproj"))
        let info = try Files.plist(Files.app.appendingPathComponent("Info.plist"))
        var named = Set(try code.matches(of: #"Color\("(\w+)""#))
        named.formUnion(try project.matches(of: #"ACCENT_COLOR_NAME = (\w+);"#))
        named.formUnion([(info["UILaunchScreen"] as? [String: String])?["UIColorName"]].compactMap { $0 })
        #expect(try names(".colorset") == named)
        #expect(try names(".appiconset") == Set(try project.matches(of: #"APPICON_NAME = (\w+);"#)))
        #expect(try code.matches(of: #"Image\("(\w+)""#).isEmpty, "icons are SF Symbols")
    }

    /// The same tints as on Android.
    @Test func aTintIsTheSameOnBothPhones() throws {
        let colors = "android/ui/src/main/kotlin/io/phonein/ui/theme/Colors.kt"
        let android = try Files.text(Files.root.appendingPathComponent(colors))
        let roles = ["AccentColor": "primary", "Access": "tertiaryFixed", "OnAccess": "onTertiaryFixed"]
        let tints = try tints()
        let code = try #require(tints["Code"])
        #expect(code == tints["OnAccess"], "a QR code is dark on white in both themes")
        for (name, both) in tints where name != "Code" {
            let role = roles[name] ?? name.prefix(1).lowercased() + name.dropFirst()
            #expect(try android.matches(of: #"\b\#(role) = Color\(0xFF(\w{6})\)"#) == both, "\(name)")
        }
    }

    @Test func theIconIsWhole() throws {
        let folder = catalog.appendingPathComponent("AppIcon.appiconset")
        let contents = try Files.json(folder.appendingPathComponent("Contents.json"))
        let images = try #require(contents["images"] as? [[String: Any]])
        let looks = images.map { ($0["appearances"] as? [[String: String]])?.first?["value"] ?? "" }
        #expect(looks == ["", "dark", "tinted"])
        for (image, look) in zip(images, looks) {
            #expect(image["size"] as? String == "1024x1024")
            let name = try #require(image["filename"] as? String)
            let png = try Data(contentsOf: folder.appendingPathComponent(name))
            #expect(png.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            let side = Data([0, 0, 4, 0])
            #expect(png[16..<20] == side && png[20..<24] == side)
            #expect(png[25] == (look.isEmpty ? 2 : 6), "the light one has no transparent part: the store refuses it")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == images.count + 1)
    }
}
