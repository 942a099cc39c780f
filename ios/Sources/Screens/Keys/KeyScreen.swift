import PhoneinCore
import SwiftUI

/// A key's page.
struct KeyScreen: View {
    private let key: String
    @State private var model: KeyModel
    @State private var deletion: DeleteModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.dismiss) private var dismiss
    @Environment(\.words) private var words

    init(phonein: Phonein, key: String) {
        self.key = key
        _model = State(initialValue: KeyModel(phonein: phonein, key: key))
        _deletion = State(initialValue: DeleteModel(phonein: phonein))
    }

    var body: some View {
        KeyPage(model: model, deletion: deletion, id: key)
            .navigationTitle(words(.details))
            .navigationBarTitleDisplayMode(.inline)
            .task { await model.follow() }
            .modifier(Deleting(model: deletion))
            // What the door knows of a deletion is read here first.
            .onChange(of: deletion.isDone) { if deletion.said == nil { dismiss() } }
            .onChange(of: model.replacement) {
                guard let replacement = model.replacement else { return }
                dismiss()
                navigation.show(.created(replacement))
            }
    }
}

struct KeyPage: View {
    let model: KeyModel
    let deletion: DeleteModel
    let id: String
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        if let ended {
            Empty(ended.title, ended.detail, symbol: .key) { Button(words(.ok)) { dismiss() } }
        } else if let key = model.key {
            Page(key: key, model: model, deletion: deletion)
        } else {
            ProgressView()
        }
    }

    /// What came of a deletion stays where the key was.
    private var ended: Told? {
        guard deletion.isDone, let said = deletion.said else { return model.fault }
        return Told(title: said, detail: "", sentence: said)
    }
}

private struct Page: View {
    let key: KeyDetails
    let model: KeyModel
    let deletion: DeleteModel

    var body: some View {
        List {
            if let said = deletion.said { Notice(said) }
            KeyHead(key: key)
            if let overtaken = key.overtaken {
                OvertakenSection(overtaken: overtaken, model: model)
            } else {
                KeyFacts(key: key)
            }
            KeyButtons(key: key, deletion: deletion)
        }
    }
}

private struct KeyHead: View {
    let key: KeyDetails

    var body: some View {
        Section {
            VStack(spacing: 8) {
                Image(key.row.category.symbol).font(.largeTitle).foregroundStyle(.tint).accessibilityHidden(true)
                Text(key.row.name).font(.title2).accessibilityAddTraits(.isHeader)
                if !key.row.categoryWords.isEmpty { Text(key.row.categoryWords).foregroundStyle(.secondary) }
                StatusLine(row: key.row)
                if key.isDelivered && !key.deliveryWords.isEmpty {
                    Label(key.deliveryWords, symbol: .check).font(.subheadline).foregroundStyle(Tint.activeText)
                }
            }
            .multilineTextAlignment(.center)
            .frame(maxWidth: .infinity)
        }
    }
}

/// Both versions of a key that another manager changed too.
private struct OvertakenSection: View {
    let overtaken: Overtaken
    let model: KeyModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Notice(overtaken.told)
            if let theirs = overtaken.theirsWords { Text(theirs) }
            Text(overtaken.mineWords)
            Button(words(.takeTheirs)) { Task { await model.resolve(.theirs) } }
            Button(words(.keepMine)) { Task { await model.resolve(.mine) } }
        }
    }
}

private struct KeyButtons: View {
    let key: KeyDetails
    let deletion: DeleteModel
    @Environment(Navigation.self) private var navigation

    var body: some View {
        Section {
            if let locked = key.locked { Notice(locked) }
            KeyOffers(offers: key.row.offers) { navigation.act($0, on: key.row.id, deletion: deletion) }
        }
    }
}
