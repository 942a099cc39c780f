import PhoneinCore
import SwiftUI

/// The managers of an intercom.
struct ManagersScreen: View {
    @State private var model: ManagersModel
    @Environment(\.words) private var words

    init(phonein: Phonein, intercom: String) {
        _model = State(initialValue: ManagersModel(phonein: phonein, intercom: intercom))
    }

    var body: some View {
        ManagersPage(model: model)
            .navigationTitle(words(.managers))
            .navigationBarTitleDisplayMode(.inline)
            .task { await model.follow() }
    }
}

struct ManagersPage: View {
    @Bindable var model: ManagersModel
    @Environment(\.words) private var words

    var body: some View {
        List {
            if model.progress.isWorking { ProgressView() }
            if let wrong = model.progress.wrong, model.leaving == nil { Wrong(words: wrong).speaks(wrong) }
            Section { ForEach(model.managers) { ManagerRow(manager: $0, model: model) } }
            Section {
                ForEach(model.candidates) { CandidateRow(key: $0, model: model) }
            } footer: {
                Text(words(.makeManagerHelp))
            }
        }
        .confirmationDialog(
            model.candidate?.statusWords ?? "", isPresented: Binding($model.candidate), titleVisibility: .visible,
            presenting: model.candidate
        ) { key in
            Button(words(.makeManager)) { Task { await model.add(key) } }
            Button(words(.cancel), role: .cancel) {}
        } message: { _ in
            Text(words(.makeManagerHelp))
        }
        .sheet(isPresented: Binding($model.leaving)) { RemovalPage(model: model) }
    }
}

private struct ManagerRow: View {
    let manager: Manager
    let model: ManagersModel
    @Environment(\.words) private var words

    var body: some View {
        HStack {
            Label(manager.name, symbol: .people)
            Spacer()
            if !manager.isThisPhone {
                Button(words(.removeManager), role: .destructive) { Task { await model.askRemoval(manager.id) } }
                    .buttonStyle(.borderless)
                    .accessibilityLabel("\(manager.name), \(words(.removeManager))")
            }
        }
    }
}

private struct CandidateRow: View {
    let key: KeyRow
    let model: ManagersModel
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading) {
            Label(key.name, symbol: .key)
            Text(key.statusWords).font(.subheadline).foregroundStyle(.secondary)
            Button(words(.makeManager)) { model.candidate = key }
                .buttonStyle(.borderless)
                .accessibilityLabel("\(key.name), \(words(.makeManager))")
        }
    }
}
