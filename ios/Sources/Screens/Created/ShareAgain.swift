import PhoneinCore
import SwiftUI

/// For whom a key is that somebody has, or whose link is not this phone's.
struct ShareAgain: View {
    let again: Again
    let model: CreatedModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            if let told = again.told { Notice(told) }
            ForEach(again.ways, id: \.self) { way in
                Button {
                    model.go(way)
                } label: {
                    Label {
                        VStack(alignment: .leading) {
                            Text(words(way.title))
                            Text(words(way.help)).font(.subheadline).foregroundStyle(.secondary)
                        }
                    } icon: {
                        Image(way.symbol)
                    }
                }
            }
        }
    }
}

extension ShareWay {
    fileprivate var title: Word { self == .someoneElse ? .forSomeoneElse : .newPhone }
    fileprivate var help: Word { self == .someoneElse ? .forSomeoneElseHelp : .newPhoneHelp }
    fileprivate var symbol: Symbol { self == .someoneElse ? .plus : .phone }
}

/// How many more uses a used-up key shall have.
struct MoreUses: View {
    let model: CreatedModel

    var body: some View {
        NavigationStack {
            List {
                ForEach(model.key?.moreUses?.choices ?? [], id: \.uses) { choice in
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
