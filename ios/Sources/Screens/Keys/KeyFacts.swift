import PhoneinCore
import SwiftUI

/// The rule, who has the key, how often it was used, and its message.
struct KeyFacts: View {
    let key: KeyDetails

    var body: some View {
        Section {
            if !key.isDelivered { Notice(key.deliveryWords, symbol: .waiting) }
            Label(key.sentence, symbol: .key).font(.headline)
            if let holder = key.holderWords { Label(holder, symbol: .phone) }
            if let claim = key.claimWords { Label(claim, symbol: .share) }
            if let maker = key.makerWords { Label(maker, symbol: .people) }
            ForEach(key.usesWords, id: \.self) { Label($0, symbol: .check) }
            if let welcome = key.welcome { Label(welcome, symbol: .message) }
        }
    }
}
