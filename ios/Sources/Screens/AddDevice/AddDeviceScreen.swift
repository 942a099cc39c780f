import PhoneinCore
import SwiftUI

/// Add device; it leaves by itself once the device is added.
struct AddDeviceScreen: View {
    @State private var model: AddDeviceModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(phonein: Phonein) {
        _model = State(initialValue: AddDeviceModel(phonein: phonein))
    }

    var body: some View {
        AddDeviceForm(model: model)
            .navigationTitle(words(.addDevice))
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton() }
            .task { await model.begin() }
            .task(id: model.attempt) { [attempt = model.attempt] in await model.add(attempt) }
            .onChange(of: model.added) { navigation.home(at: model.added) }
            .sensoryFeedback(.success, trigger: model.added)
    }
}

struct AddDeviceForm: View {
    @Bindable var model: AddDeviceModel
    @Environment(\.words) private var words

    var body: some View {
        Form {
            Section {
                Code(model: model)
            } footer: {
                Text(words(.addDeviceHelp))
            }
            Section {
                FieldRow(title: words(.name), text: $model.name, wrong: model.wrong(.name))
                    .textInputAutocapitalization(.words)
                FieldRow(
                    title: words(.yourName), text: $model.ownName, help: words(.yourNameHelp),
                    wrong: model.wrong(.ownName)
                )
                .textContentType(.name)
                .textInputAutocapitalization(.words)
            }
            if model.asksAddress || model.ended != nil { Attempt(model: model) }
        }
        .scrollDismissesKeyboard(.interactively)
        .safeAreaInset(edge: .bottom) { Save(model: model).padding() }
    }
}

private struct Code: View {
    let model: AddDeviceModel
    @Environment(\.words) private var words

    var body: some View {
        FieldRow(
            title: words(.deviceUuid),
            text: Binding(get: { @MainActor in model.code }, set: { @MainActor in model.type(code: $0) }),
            help: hint, wrong: model.wrong(.code) ?? misread, axis: .vertical
        )
        .textInputAutocapitalization(.never)
        .autocorrectionDisabled()
        .keyboardType(.asciiCapable)
        PasteButton(payloadType: String.self) { texts in
            if let text = texts.first { model.type(code: text) }
        }
        ScanButton(title: words(.scanCode)) { model.scanned($0) }
    }

    private var hint: String? {
        guard let reading = model.reading, !reading.words.isEmpty else { return nil }
        return reading.words
    }

    private var misread: String? {
        guard let reading = model.reading, reading.isWrong else { return nil }
        return reading.words
    }
}

/// How the attempt ended, and the field that may help.
private struct Attempt: View {
    @Bindable var model: AddDeviceModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            if let ended = model.ended { Notice(ended) }
            if model.asksAddress {
                FieldRow(title: words(.networkAddress), text: $model.address, wrong: model.wrong(.address))
                    .textInputAutocapitalization(.never)
                    .autocorrectionDisabled()
                    .keyboardType(.URL)
            }
        }
        .speaks(model.ended?.sentence)
    }
}

private struct Save: View {
    let model: AddDeviceModel
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: 8) {
            if let step = model.step { ProgressView(step).speaks(step) }
            AccessButton(title: words(.save), symbol: .check) { model.save() }.disabled(!model.isSavable)
        }
    }
}
