import PhoneinCore
import SwiftUI

/// All that is known of an entry, in a sheet over the list.
struct EntryDetails: ViewModifier {
    @Bindable var model: ActivityModel

    func body(content: Content) -> some View {
        content.sheet(item: $model.details) { entry in
            EntryPage(model: model, entry: entry).presentationDetents([.medium, .large])
        }
    }
}

private struct EntryPage: View {
    let model: ActivityModel
    let entry: ActivityEntry
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        NavigationStack {
            List {
                if !entry.reason.isEmpty { Text(entry.reason).font(.headline) }
                ForEach(entry.facts, id: \.self) { FactRow(fact: $0) }
                if let trouble = model.trouble { Notice(trouble) }
                if entry.mayGiveBack {
                    Button(words(.giveBack), symbol: .waiting) { Task { await model.giveBack(entry.id) } }
                }
                if let key = entry.key {
                    Button(words(.details), symbol: .key) {
                        model.details = nil
                        navigation.open(.key(key))
                    }
                }
            }
            .navigationTitle(entry.title)
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton() }
        }
    }
}

private struct FactRow: View {
    let fact: Fact

    var body: some View {
        Label {
            VStack(alignment: .leading) {
                Text(fact.words)
                if !fact.more.isEmpty { Text(fact.more).font(.subheadline).foregroundStyle(.secondary) }
            }
            .accessibilityElement(children: .combine)
        } icon: {
            Image(fact.sign.symbol)
        }
    }
}
