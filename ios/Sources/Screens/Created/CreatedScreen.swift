import PhoneinCore
import SwiftUI

/// Key created; or Share, the same page for a key there is.
struct CreatedScreen: View {
    private let isNew: Bool
    @State private var model: CreatedModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(phonein: Phonein, key: String, isNew: Bool) {
        self.isNew = isNew
        _model = State(initialValue: CreatedModel(phonein: phonein, key: key))
    }

    var body: some View {
        CreatedPage(model: model, isNew: isNew)
            .guarded()
            .navigationTitle(isNew ? words(.keyCreated) : model.key?.row.name ?? "")
            .navigationBarTitleDisplayMode(.inline)
            .toolbar {
                ToolbarItem(placement: .confirmationAction) { Button(words(.done)) { navigation.sheet = nil } }
            }
            .task { await model.follow() }
            .onChange(of: model.copied) { if let copied = model.copied { navigation.show(.created(copied)) } }
    }
}

struct CreatedPage: View {
    @Bindable var model: CreatedModel
    let isNew: Bool

    var body: some View {
        List {
            if let key = model.key { Rule(key: key) }
            if let share = model.share { LinkSection(share: share, model: model) }
            if let failure = model.failure { Notice(failure) }
            if let again = model.again { ShareAgain(again: again, model: model) }
        }
        .safeAreaInset(edge: .bottom) {
            if let share = model.share { ShareButton(share: share, model: model).padding() }
        }
        .sheet(isPresented: $model.asksUses) { MoreUses(model: model) }
    }
}

/// The rule, and how far the key has got.
private struct Rule: View {
    let key: KeyDetails

    var body: some View {
        Section {
            Label(key.sentence, symbol: .key).font(.headline)
            StatusLine(row: key.row)
            if key.isDelivered {
                Label(key.deliveryWords, symbol: .check).font(.subheadline).foregroundStyle(Tint.activeText)
            } else {
                Text(key.deliveryWords).font(.subheadline).foregroundStyle(.secondary)
            }
        }
    }
}

/// The system's share sheet with the link in one short text.
private struct ShareButton: View {
    let share: Share
    let model: CreatedModel
    @Environment(\.words) private var words

    var body: some View {
        ShareLink(item: share.text) { AccessLabel(title: words(.shareButton), symbol: .share) }
            .buttonStyle(.borderedProminent)
            .tint(Tint.access)
            .controlSize(.large)
            .simultaneousGesture(TapGesture().onEnded { model.shared() })
    }
}
