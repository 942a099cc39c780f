import PhoneinCore
import SwiftUI

/// Recent activity of an intercom, among the rows of Home.
struct ActivitySections: View {
    let model: ActivityModel

    var body: some View {
        if let fault = model.entries.fault { Notice(fault) }
        if let entries = model.entries.rows {
            if !model.choices.isEmpty { Filter(model: model) }
            if let empty = model.entries.empty { Empty(empty.title, empty.detail, symbol: empty.sign.symbol) }
            ForEach(ActivityDay.of(entries)) { Day(day: $0, model: model) }
            if model.entries.hasMore { ProgressView() }
        } else if model.entries.fault == nil {
            ProgressView()
        }
    }
}

private struct Day: View {
    let day: ActivityDay
    let model: ActivityModel

    var body: some View {
        Section(day.title) {
            ForEach(day.entries, id: \.entry.id) { index, entry in
                Entry(entry: entry) { model.details = entry }
                    .onAppear { Task { await model.reached(index) } }
            }
        }
    }
}

private struct Filter: View {
    let model: ActivityModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Segments(
                title: words(.recentActivity),
                selection: Binding(
                    get: { @MainActor in model.chosen }, set: { @MainActor show in Task { await model.choose(show) } })
            ) {
                ForEach(model.choices, id: \.show) { Text($0.words).tag($0.show) }
            }
            Menu {
                ExportLink(phonein: model.phonein, format: .csv, title: words(.exportCsv))
                ExportLink(phonein: model.phonein, format: .json, title: words(.exportJson))
            } label: {
                Label(words(.export), symbol: .share)
            }
        }
    }
}

private struct Entry: View {
    let entry: ActivityEntry
    let open: @MainActor () -> Void

    var body: some View {
        Button(action: open) {
            HStack(spacing: 16) {
                Image(entry.sign.symbol).font(.title2).foregroundStyle(entry.meaning.color).accessibilityHidden(true)
                VStack(alignment: .leading, spacing: 2) {
                    Text(entry.title)
                    ForEach([entry.line, entry.reason].filter { !$0.isEmpty }, id: \.self) { line in
                        Text(line).font(.subheadline).foregroundStyle(.secondary)
                    }
                    Text(entry.time).font(.footnote).foregroundStyle(.secondary)
                }
                .frame(maxWidth: .infinity, alignment: .leading)
            }
        }
        .buttonStyle(.plain)
    }
}
