import PhoneinCore
import SwiftUI

/// Recent activity of an intercom, among the rows of Home.
struct ActivitySections: View {
    let model: ActivityModel
    @Environment(\.words) private var words

    var body: some View {
        if let trouble = model.trouble, model.opened == nil { Notice(trouble) }
        if let entries = model.entries {
            if !entries.isEmpty || model.chosen != .all { Filter(model: model) }
            if entries.isEmpty { Empty(words(.noActivity), words(.noActivityHelp), symbol: .clock) }
            ForEach(ActivityDay.of(entries)) { day in
                Section(day.title) {
                    ForEach(day.entries) { entry in Entry(entry: entry) { model.open(entry) } }
                }
            }
            if model.hasMore { ProgressView().onAppear { Task { await model.more() } }.id(entries.count) }
        } else if model.trouble == nil {
            ProgressView()
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
                ForEach(ActivityShow.allCases, id: \.self) { Text(words($0.word)) }
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

extension ActivityShow {
    fileprivate var word: Word {
        switch self {
        case .all: .all
        case .opened: .opened
        case .refused: .refused
        case .keys: .keysFilter
        }
    }
}

private struct Entry: View {
    let entry: ActivityEntry
    let open: @MainActor () -> Void

    var body: some View {
        Button(action: open) {
            HStack(spacing: 16) {
                Image(entry.symbol).font(.title2).foregroundStyle(entry.color).accessibilityHidden(true)
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
