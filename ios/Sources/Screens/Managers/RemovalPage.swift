import PhoneinCore
import SwiftUI

/// A manager is removed: what becomes of each of their keys.
struct RemovalPage: View {
    let model: ManagersModel
    @Environment(\.words) private var words

    var body: some View {
        NavigationStack {
            Form {
                if let leaving = model.leaving {
                    if !leaving.removal.question.detail.isEmpty { Text(leaving.removal.question.detail) }
                    ForEach(leaving.removal.keys) { key in
                        Fate(key: key, isDeleted: leaving.deleted.contains(key.id), model: model)
                    }
                    if model.progress.isWorking { ProgressView() }
                    if let wrong = model.progress.wrong { Wrong(words: wrong).speaks(wrong) }
                    Button(words(.removeButton), symbol: .delete, role: .destructive) { Task { await model.remove() } }
                }
            }
            .navigationTitle(model.leaving?.removal.question.title ?? "")
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton(word: .cancel) }
        }
    }
}

private struct Fate: View {
    let key: ManagerKey
    let isDeleted: Bool
    let model: ManagersModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Text(key.name)
            Text(key.statusWords).font(.subheadline).foregroundStyle(.secondary)
            Segments(
                title: key.name,
                selection: Binding(
                    get: { @MainActor in isDeleted }, set: { @MainActor isDeleted in model.keep(key.id, !isDeleted) })
            ) {
                Text(words(.keep)).tag(false)
                Text(words(.deleteButton)).tag(true)
            }
        }
    }
}
