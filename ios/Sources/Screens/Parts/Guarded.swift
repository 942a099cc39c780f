import SwiftUI

extension View {
    /// What whoever sees it could use: covered as soon as the app is not in front, so that the app switcher's picture of it
    /// does not show it. What a person takes a picture of themselves no app can leave out.
    func guarded() -> some View { modifier(Guarded()) }
}

private struct Guarded: ViewModifier {
    @Environment(\.scenePhase) private var phase

    func body(content: Content) -> some View {
        content.overlay { if phase != .active { Cover() } }
    }
}

private struct Cover: View {
    var body: some View {
        ZStack {
            Rectangle().fill(Tint.stage)
            Image(.intercom).font(.largeTitle).foregroundStyle(Tint.onStageVariant)
        }
        .ignoresSafeArea()
        .accessibilityHidden(true)
    }
}
