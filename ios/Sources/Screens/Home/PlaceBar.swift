import PhoneinCore
import SwiftUI

/// The intercom's card: its name, from which another is chosen, My Locations and its settings.
struct PlaceBar: ViewModifier {
    let model: HomeModel
    let place: PlaceModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content
            .navigationTitle(place.intercom.name)
            .navigationBarTitleDisplayMode(.inline)
            .toolbarTitleMenu { Others(model: model) }
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    Button(words(.locations), symbol: .search) { navigation.open(.locations) }
                }
                ToolbarItem(placement: .topBarTrailing) {
                    Button(words(.settings), symbol: .gear) { navigation.open(.settings(place.id)) }
                }
            }
            .toolbarBackground(Tint.stage, for: .navigationBar)
            .toolbarBackground(.visible, for: .navigationBar)
            .toolbarColorScheme(.dark, for: .navigationBar)
    }
}

private struct Others: View {
    let model: HomeModel
    @Environment(Navigation.self) private var navigation

    var body: some View {
        if let places = model.places, places.count > 1 {
            ForEach(places) { place in
                Button(place.intercom.name) { navigation.place = place.id }
            }
        }
    }
}
