import Foundation
import PhoneinCore
import SwiftUI

/// The whole app over an open core: Home, the pages on it, and the sheet above them.
public struct RootScreen: View {
    private let phonein: Phonein
    private let presence: Presence
    @State private var navigation: Navigation
    @Environment(\.scenePhase) private var phase

    public init(phonein: Phonein, presence: Presence, navigation: Navigation) {
        self.phonein = phonein
        self.presence = presence
        _navigation = State(initialValue: navigation)
    }

    public var body: some View {
        @Bindable var navigation = navigation
        NavigationStack(path: $navigation.path) {
            HomeScreen(phonein: phonein, presence: presence)
                .navigationDestination(for: Route.self) { PageOf(route: $0, phonein: phonein) }
        }
        .sheet(item: $navigation.sheet) { SheetOf(sheet: $0, phonein: phonein) }
        .environment(navigation)
        .environment(\.words, Words { [phonein] in phonein.label(label: $0) })
        .onOpenURL { navigation.openLink($0.absoluteString) }
        // A chance to deliver what waits and to learn what happened.
        .task(id: phase) { if phase == .active { await phonein.freshen() } }
        .task { await networks { await phonein.freshen() } }
    }
}

private struct PageOf: View {
    let route: Route
    let phonein: Phonein

    var body: some View {
        switch route {
        case .locations: LocationsScreen(phonein: phonein)
        case .key(let key): KeyScreen(phonein: phonein, key: key)
        case .settings(let intercom): SettingsScreen(phonein: phonein, intercom: intercom)
        case .clock(let intercom): ClockScreen(phonein: phonein, intercom: intercom)
        case .managers(let intercom): ManagersScreen(phonein: phonein, intercom: intercom)
        }
    }
}

private struct SheetOf: View {
    let sheet: Sheet
    let phonein: Phonein

    var body: some View {
        NavigationStack {
            switch sheet {
            case .addDevice: AddDeviceScreen(phonein: phonein)
            case .sentKey: SentKeyScreen(phonein: phonein)
            case .newKey(let intercom):
                NewKeyScreen(title: .newKeyTitle, phonein: phonein) { try await $0.newKey(intercom: intercom) }
            case .editKey(let key):
                NewKeyScreen(title: .editKey, phonein: phonein) { try await $0.editKey(id: key) }
            case .created(let key): CreatedScreen(phonein: phonein, key: key, isNew: true)
            case .share(let key): CreatedScreen(phonein: phonein, key: key, isNew: false)
            case .accept(let link): AcceptScreen(phonein: phonein, link: link.text)
            }
        }
    }
}
