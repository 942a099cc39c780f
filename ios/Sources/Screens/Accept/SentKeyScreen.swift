import PhoneinCore
import SwiftUI

/// *I was sent a key*: its link, pasted, scanned or typed.
struct SentKeyScreen: View {
    @State private var model: SentKeyModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(phonein: Phonein) {
        _model = State(initialValue: SentKeyModel(phonein: phonein))
    }

    var body: some View {
        Form {
            Section {
                FieldRow(title: words(.link), text: $model.link, wrong: model.wrong, axis: .vertical)
                    .textInputAutocapitalization(.never)
                    .autocorrectionDisabled()
                    .keyboardType(.URL)
                PasteButton(payloadType: String.self) { texts in take(texts.first) }
                ScanButton(title: words(.scanCode)) { take($0) }
            } footer: {
                Text(words(.linkHelp))
            }
        }
        .guarded()
        .navigationTitle(words(.sentKey))
        .navigationBarTitleDisplayMode(.inline)
        .toolbar { CloseButton() }
        .safeAreaInset(edge: .bottom) {
            AccessButton(title: words(.continue), symbol: .key, action: go).padding()
        }
        .speaks(model.wrong)
    }

    /// Pasted or scanned: nothing is to be added.
    private func take(_ text: String?) {
        guard let text else { return }
        model.link = text
        go()
    }

    private func go() {
        Task { if await model.reads() { navigation.openLink(model.link) } }
    }
}
