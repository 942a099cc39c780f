import Foundation
import Observation
import PhoneinCore
import SwiftUI

/// Opens the core; the app's whole window.
public struct AppScreen: View {
    private let open: @Sendable () async throws -> Phonein
    private let presence: Presence
    private let navigation: Navigation
    @State private var opened: Phonein?
    @State private var fault: Told?

    /// - Parameter open: Opens the core on this phone's wallet.
    public init(
        presence: Presence, navigation: Navigation, open: @escaping @Sendable () async throws -> Phonein
    ) {
        self.open = open
        self.presence = presence
        self.navigation = navigation
    }

    public var body: some View {
        if let opened {
            RootScreen(phonein: opened, presence: presence, navigation: navigation)
        } else if let fault {
            Empty(fault, symbol: .alert)
        } else {
            ProgressView()
                .task {
                    do { opened = try await open() } catch { fault = error.told }
                }
        }
    }
}
