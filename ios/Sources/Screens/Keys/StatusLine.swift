import PhoneinCore
import SwiftUI

/// How a key stands, in one line with its icon.
struct StatusLine: View {
    let row: KeyRow

    var body: some View {
        Label(row.statusWords, symbol: row.sign.symbol)
            .font(.subheadline.weight(.medium))
            .foregroundStyle(row.meaning.color)
    }
}
