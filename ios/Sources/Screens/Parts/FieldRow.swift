import SwiftUI

/// A field to type into, what helps, and what is wrong with it.
struct FieldRow: View {
    let title: String
    @Binding var text: String
    var help: String?
    var wrong: String?
    var axis = Axis.horizontal

    var body: some View {
        TextField(title, text: $text, axis: axis)
        if let wrong {
            Wrong(words: wrong)
        } else if let help {
            Text(help).font(.footnote).foregroundStyle(.secondary)
        }
    }
}
