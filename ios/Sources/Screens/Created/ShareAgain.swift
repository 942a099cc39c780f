import PhoneinCore
import SwiftUI

/// For whom a key is that somebody has, or whose link is not this phone's.
struct ShareAgain: View {
    let again: Again
    let model: CreatedModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            // Who has it stands above already.
            if !isHeld { Notice(again.told) }
            if again.isForOthers {
                way(.plus, .forSomeoneElse, .forSomeoneElseHelp) { model.copy() }
            }
            way(.phone, .newPhone, .newPhoneHelp) { model.newPhone() }
        }
    }

    private var isHeld: Bool { if case .held = model.key?.row.status { true } else { false } }

    private func way(
        _ symbol: Symbol, _ title: Word, _ help: Word, _ action: @escaping @MainActor () -> Void
    ) -> some View {
        Button(action: action) {
            Label {
                VStack(alignment: .leading) {
                    Text(words(title))
                    Text(words(help)).font(.subheadline).foregroundStyle(.secondary)
                }
            } icon: {
                Image(symbol)
            }
        }
    }
}

/// How many more uses a used-up key shall have.
struct MoreUses: View {
    let model: CreatedModel

    var body: some View {
        NavigationStack {
            List {
                ForEach(model.uses, id: \.words) { choice in
                    Button(choice.words) { model.newPhone(uses: choice.uses) }
                }
            }
            .navigationTitle(model.key?.moreUses?.question ?? "")
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton(word: .cancel) }
        }
        .presentationDetents([.medium, .large])
    }
}
