import PhoneinCore
import SwiftUI

/// All intercoms.
struct LocationsScreen: View {
    @State private var model: LocationsModel
    @Environment(\.words) private var words

    init(phonein: Phonein) {
        _model = State(initialValue: LocationsModel(phonein: phonein))
    }

    var body: some View {
        LocationsPage(model: model)
            .navigationTitle(words(.locations))
            .task { await model.follow() }
    }
}

struct LocationsPage: View {
    let model: LocationsModel
    @Environment(Navigation.self) private var navigation

    var body: some View {
        List {
            if let trouble = model.trouble { Notice(trouble) }
            ForEach(model.intercoms ?? []) { intercom in
                Button(intercom.name, symbol: .intercom) { navigation.home(at: intercom.id) }
            }
        }
        .safeAreaInset(edge: .bottom) { WaysIn().padding() }
    }
}
