import PhoneinCore
import SwiftUI

/// The keys of an intercom, among the rows of Home.
struct KeysSection: View {
    let model: KeysModel
    let home: HomeModel
    let deletion: DeleteModel
    var takesLinks = false
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        Section {
            if model.isSearchable {
                SearchRow(prompt: words(.searchKeys), text: model.search) { await model.look(for: $0) }
            }
            if let fault = model.keys.fault {
                Empty(fault, symbol: .alert)
            } else if let keys = model.keys.rows {
                if let empty = model.keys.empty { NoKeys(empty: empty) }
                ForEach(Array(keys.enumerated()), id: \.element.id) { index, row in
                    KeyItem(row: row, actions: actions(row))
                        .onAppear { Task { await model.reached(index) } }
                }
                if takesLinks, !keys.isEmpty { SentKeyButton() }
            } else {
                ProgressView()
            }
        }
    }

    private func actions(_ row: KeyRow) -> KeyActions {
        KeyActions(
            open: { home.tapKey(Press(door: $0, place: row.intercom, key: row.id)) },
            details: { navigation.open(.key(row.id)) },
            offered: { navigation.act($0, on: row.id, deletion: deletion) })
    }
}

private struct NoKeys: View {
    let empty: EmptyList

    var body: some View {
        Empty(empty.title, empty.detail, symbol: empty.sign.symbol) {
            if empty.why == .noneSent { SentKeyButton() }
        }
    }
}
