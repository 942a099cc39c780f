import PhoneinCore
import SwiftUI

/// New key, or Edit: the same page. The key that was made shows in its place.
struct NewKeyScreen: View {
    private let title: Word
    @State private var model: NewKeyModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(title: Word, phonein: Phonein, open: @escaping @Sendable (Phonein) async throws -> KeyWizard) {
        self.title = title
        _model = State(initialValue: NewKeyModel(phonein: phonein, open: open))
    }

    var body: some View {
        NewKeyPage(model: model)
            .navigationTitle(words(title))
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton(word: .back) }
            .task { await model.follow() }
            .onChange(of: model.saved) {
                guard let saved = model.saved else { return }
                navigation.sheet = model.page?.editing == true ? nil : .created(saved)
            }
            .sensoryFeedback(.success, trigger: model.saved)
    }
}

struct NewKeyPage: View {
    let model: NewKeyModel

    var body: some View {
        Loaded(value: model.page, fault: model.failure, symbol: .key) { _ in NewKeyForm(model: model) }
    }
}

private struct NewKeyForm: View {
    @Bindable var model: NewKeyModel
    @FocusState private var typing: KeyField?
    @Environment(\.dynamicTypeSize) private var typeSize

    var body: some View {
        ScrollViewReader { proxy in
            Form {
                StartOver(model: model)
                NameFields(model: model, typing: $typing)
                RuleFields(model: model)
                Extras(model: model, typing: $typing)
                // However large the words, the fields keep their room.
                if typeSize.isAccessibilitySize { Section { Dock(model: model) } }
            }
            .scrollDismissesKeyboard(.interactively)
            .safeAreaInset(edge: .bottom) {
                if !typeSize.isAccessibilitySize { Dock(model: model).padding().background(.bar) }
            }
            .onChange(of: typing) { left, _ in if let left { model.leave(left) } }
            .onChange(of: model.wrongAt) {
                guard let field = model.wrongAt else { return }
                proxy.scrollTo(field)
                if field == .name || field == .welcome { typing = field }
            }
        }
    }
}

private struct StartOver: View {
    let model: NewKeyModel
    @Environment(\.words) private var words

    var body: some View {
        if let broughtBack = model.page?.broughtBack {
            Section {
                Text(broughtBack).foregroundStyle(.secondary)
                Button(words(.startOver), symbol: .waiting) { model.startOver() }
            }
        }
    }
}

private struct NameFields: View {
    @Bindable var model: NewKeyModel
    let typing: FocusState<KeyField?>.Binding
    @Environment(\.words) private var words

    var body: some View {
        Section {
            FieldRow(title: words(.keyName), text: $model.name, wrong: model.wrong(.name))
                .focused(typing, equals: .name)
                .textInputAutocapitalization(.sentences)
                .submitLabel(.done)
                .id(KeyField.name)
            Picker(words(.icon), selection: $model.category) {
                ForEach(model.page?.categories ?? [], id: \.category) { choice in
                    Label(choice.name, symbol: choice.category.symbol).tag(KeyCategory?.some(choice.category))
                }
            }
        }
    }
}

/// The inner door and the welcome message.
private struct Extras: View {
    @Bindable var model: NewKeyModel
    let typing: FocusState<KeyField?>.Binding
    @Environment(\.words) private var words

    var body: some View {
        Section {
            if model.page?.innerDoor != nil { Toggle(words(.alsoOpensInnerDoor), isOn: $model.opensInnerDoor) }
            Toggle(words(.welcomeMessage), isOn: $model.hasWelcome)
            if model.page?.welcome != nil {
                FieldRow(
                    title: words(.welcomeMessage), text: $model.welcome, wrong: model.wrong(.welcome), axis: .vertical
                )
                .focused(typing, equals: .welcome)
                .textInputAutocapitalization(.sentences)
                .id(KeyField.welcome)
            }
        }
    }
}
