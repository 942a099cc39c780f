import PhoneinCore
import SwiftUI

/// What should be known or answered here.
struct Notes: View {
    let model: HomeModel
    let place: PlaceModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        if !place.notes.isEmpty {
            Section {
                ForEach(place.notes, id: \.self) { note in
                    VStack(alignment: .leading) {
                        Notice(note.title, note.detail)
                        if let word = note.actionWords {
                            Button(word) { act(note.action) }.buttonStyle(.borderless)
                        }
                        if let dismissal = note.dismissal {
                            Button(words(.hide)) { Task { await model.dismiss(dismissal) } }.buttonStyle(.borderless)
                        }
                    }
                }
            }
        }
    }

    private func act(_ action: NoteAction) {
        switch action {
        case .none: break
        case .answerClock: navigation.open(.clock(place.id))
        case .key(let key): navigation.open(.key(key))
        case .managers: navigation.open(.managers(place.id))
        }
    }
}
