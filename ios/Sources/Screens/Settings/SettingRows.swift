import PhoneinCore
import SwiftUI

/// A switch, and what came of turning it.
struct SwitchRow: View {
    let title: String
    let help: String
    let isOn: Bool
    let setting: Setting
    let model: SettingsModel
    let change: @MainActor (Bool) -> SettingsChange

    var body: some View {
        Toggle(
            isOn: Binding(
                get: { @MainActor in isOn },
                set: { @MainActor isOn in Task { await model.change(setting, to: change(isOn)) } })
        ) {
            VStack(alignment: .leading) {
                Text(title)
                Text(help).font(.subheadline).foregroundStyle(.secondary)
            }
        }
        Outcome(setting: setting, model: model)
    }
}

/// Whether a setting is being changed, or why it was not.
struct Outcome: View {
    let setting: Setting
    let model: SettingsModel

    var body: some View {
        if model.working == setting { ProgressView() }
        if let wrong = model.wrong(setting) { Wrong(words: wrong).speaks(wrong) }
    }
}

struct InnerDoor: View {
    let model: SettingsModel
    let isOn: Bool
    @Environment(\.words) private var words

    var body: some View {
        Section {
            SwitchRow(
                title: words(.innerDoorSetting), help: words(.innerDoorHelp), isOn: isOn, setting: .innerDoor,
                model: model
            ) { .innerDoor(on: $0) }
        }
    }
}

/// How this phone reaches the intercom, and what it asks first.
struct Reach: View {
    let model: SettingsModel
    let settings: IntercomSettings
    @Environment(\.words) private var words

    var body: some View {
        Section {
            TypedRow(
                title: words(.address), value: settings.addressWords, symbol: .network
            ) { model.type(.address) }
            Picker(
                selection: Binding(
                    get: { @MainActor in settings.paths },
                    set: { @MainActor paths in Task { await model.change(.paths, to: .paths(paths: paths)) } })
            ) {
                ForEach(PathChoice.allCases, id: \.self) { Text(words($0.word)) }
            } label: {
                Label(words(.paths), symbol: .bluetooth)
            }
            Outcome(setting: .paths, model: model)
            SwitchRow(
                title: words(.askFirst), help: words(.askFirstHelp), isOn: settings.askFirst, setting: .askFirst,
                model: model
            ) { .askFirst(on: $0) }
        }
    }
}

extension PathChoice {
    fileprivate var word: Word {
        switch self {
        case .both: .pathsBoth
        case .bluetooth: .pathsBluetooth
        case .network: .pathsNetwork
        }
    }
}
