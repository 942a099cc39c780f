import PhoneinCore
import SwiftUI

/// The rule as a sentence, or what is wrong, and the way on.
struct Dock: View {
    let model: NewKeyModel
    @Environment(\.words) private var words

    /// How long the words must have stood before they are read out: whoever types is not interrupted.
    private static let settled = Duration.milliseconds(700)

    var body: some View {
        let wrong = model.failure?.sentence ?? model.page?.reason
        VStack(spacing: 16) {
            if let words = wrong ?? model.page?.sentence {
                Label(words, symbol: wrong == nil ? .key : .alert)
                    .font(.headline)
                    .foregroundStyle(wrong == nil ? Color.primary : Color.red)
                    .frame(maxWidth: .infinity, alignment: .leading)
                    .speaks(words, after: Self.settled)
            }
            AccessButton(title: words(model.page?.editing == true ? .save : .createKey), symbol: .key) {
                Task { await model.save() }
            }
        }
    }
}
