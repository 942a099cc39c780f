import PhoneinCore
import SwiftUI

/// What the core said; until it has, that it is waited for, or why there is nothing.
struct Loaded<Value, Content: View>: View {
    let value: Value?
    let fault: Told?
    var symbol = Symbol.alert
    @ViewBuilder let content: (Value) -> Content

    var body: some View {
        if let value {
            content(value)
        } else if let fault {
            Empty(fault, symbol: symbol)
        } else {
            ProgressView()
        }
    }
}
