import AppIntents
import Foundation

/// "Open the entrance", for Siri, Shortcuts and the Action button.
///
/// It brings the app to the front, where Bluetooth works and the outcome shows. A locked phone asks for its owner first.
struct OpenEntrance: AppIntent {
    static let title: LocalizedStringResource = "Open the entrance"
    static let description: IntentDescription? = IntentDescription("Opens the entrance of the intercom you used last.")
    static let openAppWhenRun = true
    static let authenticationPolicy: IntentAuthenticationPolicy = .requiresLocalDeviceAuthentication

    func perform() async throws -> some IntentResult {
        try await Start.shared.pressEntrance()
        return .result()
    }
}

/// What Siri and Shortcuts know from the moment the app is installed.
struct PhoneinShortcuts: AppShortcutsProvider {
    static var appShortcuts: [AppShortcut] {
        AppShortcut(
            intent: OpenEntrance(),
            phrases: ["Open the entrance with \(.applicationName)", "Open the door with \(.applicationName)"],
            shortTitle: "Open the entrance",
            systemImageName: "door.french.open")
    }
}
