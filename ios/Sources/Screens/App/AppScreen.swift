import PhoneinCore
import SwiftUI

/// The app's whole window: the screens, once the core is open.
public struct AppScreen: View {
    private let presence: Presence
    private let navigation: Navigation
    @State private var model: AppModel
    @Environment(\.scenePhase) private var phase

    /// - Parameter open: Opens the core on this phone's wallet.
    public init(
        presence: Presence, navigation: Navigation, open: @escaping @Sendable () async throws -> Phonein
    ) {
        self.presence = presence
        self.navigation = navigation
        _model = State(initialValue: AppModel(open: open))
    }

    public var body: some View {
        Group {
            if let phonein = model.phonein {
                RootScreen(phonein: phonein, presence: presence, navigation: navigation)
            } else if let fault = model.fault {
                Empty(fault, symbol: .alert)
            } else {
                ProgressView()
            }
        }
        .task(id: phase) { if phase == .active { await model.start() } }
    }
}
