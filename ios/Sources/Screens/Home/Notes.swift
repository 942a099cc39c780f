import PhoneinCore
import SwiftUI

/// What should be known or answered here.
struct Notes: View {
    let notes: [HomeNote]
    /// The intercom they are about; `nil`: they are about the wallet.
    let place: String?
    let dismiss: @MainActor (String) async -> Void
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        if !notes.isEmpty {
            Section { ForEach(notes, id: \.self) { row($0) } }
        }
    }

    private func row(_ note: HomeNote) -> some View {
        VStack(alignment: .leading) {
            Notice(note.title, note.detail)
            if let word = note.actionWords {
                Button(word) { act(note.action) }.buttonStyle(.borderless)
            }
            if let dismissal = note.dismissal {
                Button(words(.hide)) { Task { await dismiss(dismissal) } }.buttonStyle(.borderless)
            }
        }
    }

    private func act(_ action: NoteAction) {
        switch action {
        case .none: break
        case .answerClock: if let place { navigation.open(.clock(place)) }
        case .key(let key): navigation.open(.key(key))
        case .managers: if let place { navigation.open(.managers(place)) }
        }
    }
}
