import PhoneinCore
import SwiftUI

/// The keys of an intercom, among the rows of Home.
struct KeysSection: View {
    let model: KeysModel
    let home: HomeModel
    let deletion: DeleteModel
    let makesKeys: Bool
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        Section {
            if model.isSearchable { Search(model: model) }
            if let fault = model.fault {
                Empty(fault, symbol: .alert)
            } else if let keys = model.keys {
                if keys.isEmpty { Nothing(isSearch: !model.search.isEmpty, makesKeys: makesKeys) }
                ForEach(keys) { row in
                    KeyItem(row: row, actions: actions(row))
                        .onAppear {
                            if row.id == keys.last?.id { Task { await model.more() } }
                        }
                }
            } else {
                ProgressView()
            }
        }
    }

    private func actions(_ row: KeyRow) -> KeyActions {
        KeyActions(
            open: { home.press(row.opens ?? .entrance, at: row.intercom, key: row.id, reason: words(.openDoor)) },
            details: { navigation.open(.key(row.id)) },
            edit: { navigation.show(.editKey(row.id)) },
            share: { navigation.show(.share(row.id)) },
            delete: { deletion.ask(row.id) })
    }
}

private struct Search: View {
    let model: KeysModel
    @Environment(\.words) private var words

    var body: some View {
        Label {
            TextField(
                words(.searchKeys),
                text: Binding(
                    get: { @MainActor in model.search },
                    set: { @MainActor typed in Task { await model.look(for: typed) } })
            )
            .autocorrectionDisabled()
        } icon: {
            Image(.search)
        }
    }
}

private struct Nothing: View {
    let isSearch: Bool
    let makesKeys: Bool
    @Environment(\.words) private var words

    var body: some View {
        if isSearch {
            Empty(words(.noMatch), words(.noMatchHelp), symbol: .search)
        } else if makesKeys {
            Empty(words(.noKeys), words(.noKeysHelp), symbol: .key)
        } else {
            Empty(words(.noKeys), words(.linkHelp), symbol: .key) { SentKeyButton() }
        }
    }
}
