import Screens
import SwiftUI

@main
struct PhoneinApp: App {
    var body: some Scene {
        WindowGroup { MainWindow(start: .shared) }
    }
}

/// The screens, and what the system tells the app.
struct MainWindow: View {
    let start: Start
    @Environment(\.scenePhase) private var phase

    var body: some View {
        AppScreen(presence: start.presence, navigation: start.navigation) { try await start.open() }
            // The screens listen too, but it may be the link that starts the app, before there is one.
            .onOpenURL { start.navigation.openLink($0.absoluteString) }
            .onChange(of: phase) {
                switch phase {
                case .active: start.cameToFront()
                case .background: start.left()
                case .inactive: break
                @unknown default: break
                }
            }
    }
}
