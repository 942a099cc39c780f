import PhoneinCore
import SwiftUI

/// Settings of an intercom; they leave by themselves once it is removed.
struct SettingsScreen: View {
    @State private var model: SettingsModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(phonein: Phonein, intercom: String) {
        _model = State(initialValue: SettingsModel(phonein: phonein, intercom: intercom))
    }

    var body: some View {
        SettingsPage(model: model)
            .navigationTitle(words(.settings))
            .task { await model.follow() }
            .onChange(of: model.isOver) { if model.isOver { navigation.home() } }
    }
}

struct SettingsPage: View {
    let model: SettingsModel

    var body: some View {
        Loaded(value: model.settings, fault: model.trouble) { SettingsForm(model: model, settings: $0) }
    }
}

private struct SettingsForm: View {
    let model: SettingsModel
    let settings: IntercomSettings

    var body: some View {
        let isManager = settings.intercom.isManager
        Form {
            Names(model: model, settings: settings)
            if let isOn = settings.innerDoor { InnerDoor(model: model, isOn: isOn) }
            if isManager { Manages(settings: settings) }
            Reach(model: model, settings: settings)
            if isManager {
                Section {
                    Notice(
                        settings.changesWords, settings.heardWords, symbol: settings.changesSign.symbol)
                    if let strangers = settings.strangersWords { Notice(strangers) }
                }
            }
            Removal(model: model)
        }
        .modifier(Typing(model: model))
    }
}

private struct Names: View {
    let model: SettingsModel
    let settings: IntercomSettings
    @Environment(\.words) private var words

    var body: some View {
        Section {
            TypedRow(title: words(.name), value: settings.intercom.name, symbol: .edit) { model.type(.name) }
            LabeledContent {
                Text(settings.intercom.fingerprint).font(.body.monospaced())
            } label: {
                Label(words(.fingerprint), symbol: .intercom)
            }
        }
    }
}

/// A setting that is typed: a press opens its field.
struct TypedRow: View {
    let title: String
    let value: String
    let symbol: Symbol
    let edit: @MainActor () -> Void

    var body: some View {
        Button(action: edit) {
            HStack {
                Label(title, symbol: symbol)
                Spacer()
                Text(value).foregroundStyle(.secondary)
            }
        }
    }
}

private struct Manages: View {
    let settings: IntercomSettings
    @Environment(\.words) private var words

    var body: some View {
        Section {
            NavigationLink(value: Route.clock(settings.intercom.id)) {
                Label(words(.clockAndZone), symbol: .clock)
                // A question of the clock says more than its zone.
                Text(settings.clockWords).foregroundStyle(.secondary)
            }
            NavigationLink(value: Route.managers(settings.intercom.id)) {
                Label(words(.managers), symbol: .people)
                ForEach(settings.managers) { Text($0.name).foregroundStyle(.secondary) }
            }
        }
    }
}
