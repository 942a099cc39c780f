import PhoneinCore
import SwiftUI

/// The rule, who has the key, how often it was used, and its message.
struct KeyFacts: View {
    let key: KeyDetails

    var body: some View {
        Section {
            if !key.isDelivered { Notice(key.deliveryWords, symbol: .waiting) }
            Label(key.sentence, symbol: .key).font(.headline)
            ForEach(key.facts, id: \.self) { Label($0.words, symbol: $0.sign.symbol) }
        }
    }
}
