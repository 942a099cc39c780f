import PhoneinCore
import SwiftUI

/// The field of a setting that is typed, in a sheet over the page.
struct Typing: ViewModifier {
    @Bindable var model: SettingsModel

    func body(content: Content) -> some View {
        content.sheet(isPresented: Binding($model.typing)) { TypingPage(model: model).presentationDetents([.medium]) }
    }
}

private struct TypingPage: View {
    @Bindable var model: SettingsModel
    @Environment(\.words) private var words

    var body: some View {
        let title = words(model.typing == .address ? .networkAddress : .name)
        NavigationStack {
            Form {
                FieldRow(title: title, text: $model.typed, wrong: model.typing.flatMap(model.wrong))
                    .textInputAutocapitalization(model.typing == .address ? .never : .words)
                    .autocorrectionDisabled()
                    .keyboardType(model.typing == .address ? .URL : .default)
                    .onSubmit { Task { await model.save() } }
                if model.working != nil { ProgressView() }
            }
            .navigationTitle(title)
            .navigationBarTitleDisplayMode(.inline)
            .toolbar {
                CloseButton(word: .cancel)
                ToolbarItem(placement: .confirmationAction) {
                    Button(words(.save)) { Task { await model.save() } }
                }
            }
        }
    }
}

/// Remove: what it means is asked first, and what remains to be known is said after.
struct Removal: View {
    @Bindable var model: SettingsModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Button(words(.removeIntercom), symbol: .delete, role: .destructive) { Task { await model.askRemoval() } }
            Outcome(setting: .remove, model: model)
        }
        .confirmationDialog(
            words(.removeIntercom), isPresented: Binding($model.forgetting), titleVisibility: .visible,
            presenting: model.forgetting
        ) { _ in
            Button(words(.removeButton), role: .destructive) { Task { await model.remove() } }
            Button(words(.cancel), role: .cancel) {}
        } message: { forgetting in
            Text(forgetting.words)
        }
        .alert(words(.removeIntercom), isPresented: Binding($model.left)) {
            Button(words(.ok)) {}
        } message: {
            Text(model.left ?? "")
        }
    }
}
