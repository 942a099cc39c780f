import PhoneinCore
import SwiftUI

/// Home; Welcome while there is no intercom.
struct HomeScreen: View {
    private let phonein: Phonein
    @State private var model: HomeModel

    init(phonein: Phonein, presence: Presence) {
        self.phonein = phonein
        _model = State(initialValue: HomeModel(phonein: phonein, presence: presence))
    }

    var body: some View {
        HomeOrWelcome(model: model, phonein: phonein)
            .task { await model.follow() }
    }
}

private struct HomeOrWelcome: View {
    let model: HomeModel
    let phonein: Phonein
    @Environment(Navigation.self) private var navigation

    var body: some View {
        Loaded(value: model.places, fault: model.fault) { places in
            if let place = places.first(where: { $0.id == navigation.place }) ?? places.first {
                HomePage(model: model, place: place, phonein: phonein)
            } else {
                WelcomeScreen()
            }
        }
    }
}

/// One intercom: its doors, what should be known, and the list that is chosen.
private struct HomePage: View {
    @Bindable var model: HomeModel
    let place: PlaceModel
    @State private var keys: KeysModel
    @State private var activity: ActivityModel
    @State private var deletion: DeleteModel
    @Environment(\.words) private var words

    init(model: HomeModel, place: PlaceModel, phonein: Phonein) {
        self.model = model
        self.place = place
        _keys = State(initialValue: KeysModel(phonein: phonein))
        _activity = State(initialValue: ActivityModel(phonein: phonein))
        _deletion = State(initialValue: DeleteModel(phonein: phonein))
    }

    var body: some View {
        ScrollViewReader { proxy in
            List {
                Stage(model: model, place: place)
                Notes(model: model, place: place)
                Section { TabChoice(tab: $model.tab) }
                switch model.tab {
                case .activity: ActivitySections(model: activity)
                case .keys: KeysSection(model: keys, home: model, deletion: deletion, makesKeys: place.makesKeys)
                }
            }
            .onChange(of: model.keyTaps) { proxy.scrollTo(Stage.top) }
        }
        .refreshable { await model.refresh() }
        .modifier(PlaceBar(model: model, place: place))
        .safeAreaInset(edge: .bottom) { NewKey(place: place) }
        .task(id: place.id) { await model.stayReady(place.id) }
        .task(id: Shown(place: place.id, tab: model.tab)) {
            switch model.tab {
            case .activity: await activity.follow(place.id)
            case .keys: await keys.follow(place.id)
            }
        }
        .modifier(Deleting(model: deletion))
        .modifier(EntryDetails(model: activity))
        .onChange(of: deletion.said) {
            guard let said = deletion.said else { return }
            model.say(said)
            deletion.saidShown()
        }
        .alert(model.message ?? "", isPresented: Binding($model.message)) {
            Button(words(.ok)) {}
        } message: {
        }
    }
}

private struct Shown: Equatable {
    let place: String
    let tab: HomeTab
}

private struct TabChoice: View {
    @Binding var tab: HomeTab
    @Environment(\.words) private var words

    var body: some View {
        Segments(title: words(.recentActivity), selection: $tab) {
            Text(words(.recentActivity)).tag(HomeTab.activity)
            Text(words(.keys)).tag(HomeTab.keys)
        }
    }
}

private struct NewKey: View {
    let place: PlaceModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        if place.makesKeys {
            AccessButton(title: words(.newKey), symbol: .key) { navigation.show(.newKey(place.id)) }
                .padding()
        }
    }
}
