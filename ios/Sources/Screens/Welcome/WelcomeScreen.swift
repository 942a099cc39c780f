import PhoneinCore
import SwiftUI

/// Nothing is here yet.
struct WelcomeScreen: View {
    /// What should be known of the wallet.
    let notes: [HomeNote]
    let dismiss: @MainActor (String) async -> Void
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        ScrollView {
            VStack(spacing: 16) {
                Image(.entrance)
                    .font(.system(size: 120))
                    .foregroundStyle(Tint.discOpen)
                    .padding(.vertical, 48)
                    .accessibilityHidden(true)
                Text(words(.welcomeTitle))
                    .font(.title.bold())
                    .accessibilityAddTraits(.isHeader)
                Text(words(.welcomeText))
                    .foregroundStyle(Tint.onStageVariant)
                Notes(notes: notes, place: nil, dismiss: dismiss)
            }
            .multilineTextAlignment(.center)
            .frame(maxWidth: .infinity)
            .padding(24)
        }
        .foregroundStyle(Tint.onStage)
        .background(Tint.stage)
        .safeAreaInset(edge: .bottom) {
            WaysIn().padding(24).background(Tint.stage)
        }
    }
}

/// The two ways to a door.
struct WaysIn: View {
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: 12) {
            AccessButton(title: words(.addNewDevice), symbol: .plus) { navigation.show(.addDevice) }
            SentKeyButton()
        }
    }
}

/// A link that opened a browser must never be a dead end.
struct SentKeyButton: View {
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        Button {
            navigation.show(.sentKey)
        } label: {
            Label(words(.sentKey), symbol: .key).frame(maxWidth: .infinity)
        }
        .buttonStyle(.bordered)
        .controlSize(.large)
    }
}
