import Observation
import SwiftUI

/// Whether the app is in front.
@MainActor @Observable final class Phase {
    var now = ScenePhase.active
}

/// A view in an app that goes and comes.
struct Phased<Content: View>: View {
    let phase: Phase
    let content: Content

    init(_ phase: Phase, @ViewBuilder content: () -> Content) {
        self.phase = phase
        self.content = content()
    }

    var body: some View { content.environment(\.scenePhase, phase.now) }
}
