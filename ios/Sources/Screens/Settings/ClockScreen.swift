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
                Section(words(.timeZone)) { Text(settings.zoneWords) }
                Zones(zone: settings.zone, model: model)
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

/// The zones in whose names what is typed is.
private struct Zones: View {
    let zone: String
    let model: ClockModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            SearchRow(prompt: words(.searchZones), text: model.search) { await model.look(for: $0) }
            if let zones = model.zones {
                if zones.isEmpty { Text(words(.noZone)).foregroundStyle(.secondary) }
                ForEach(zones, id: \.self) { name in
                    ZoneRow(name: name, isChosen: name == zone) { Task { await model.choose(name) } }
                }
            } else {
                ProgressView()
            }
        }
    }
}

private struct ZoneRow: View {
    let name: String
    let isChosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            HStack {
                Text(name).foregroundStyle(.primary)
                Spacer()
                if isChosen { Image(.check) }
            }
        }
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}
