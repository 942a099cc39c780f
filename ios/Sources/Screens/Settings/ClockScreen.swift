import PhoneinCore
import SwiftUI

/// Clock and time zone.
struct ClockScreen: View {
    @State private var model: ClockModel
    @Environment(\.words) private var words

    init(phonein: Phonein, intercom: String) {
        _model = State(initialValue: ClockModel(phonein: phonein, intercom: intercom))
    }

    var body: some View {
        ClockPage(model: model)
            .navigationTitle(words(.clockAndZone))
            .navigationBarTitleDisplayMode(.inline)
            .task { await model.follow() }
    }
}

struct ClockPage: View {
    let model: ClockModel
    @Environment(\.words) private var words

    var body: some View {
        Form {
            if model.progress.isWorking { ProgressView() }
            if let wrong = model.progress.wrong { Wrong(words: wrong).speaks(wrong) }
            if let clock = model.settings?.clock { Reading(clock: clock, model: model) }
            if let settings = model.settings {
                Section(words(.timeZone)) {
                    Text(settings.zoneWords)
                    ZoneChoice(zone: settings.zone, model: model)
                }
            }
        }
    }
}

private struct Reading: View {
    let clock: ClockReading
    let model: ClockModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Notice(clock.title, clock.detail, symbol: .clock)
            if clock.asks {
                Button(words(.usePhonesTime)) { Task { await model.answer(usePhone: true) } }
                Button(words(.leaveTime)) { Task { await model.answer(usePhone: false) } }
            }
        }
    }
}

private struct ZoneChoice: View {
    let zone: String
    let model: ClockModel
    @Environment(\.words) private var words

    var body: some View {
        Picker(
            words(.timeZone),
            selection: Binding(
                get: { @MainActor in zone }, set: { @MainActor zone in Task { await model.choose(zone) } })
        ) {
            ForEach(choices, id: \.self) { Text($0) }
        }
        .pickerStyle(.navigationLink)
    }

    /// One that has no name here, or until the names are known, is one of the choices.
    private var choices: [String] { model.zones.contains(zone) ? model.zones : [zone] + model.zones }
}
