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
    @Bindable var model: HomeModel
    let phonein: Phonein
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        Loaded(value: model.places, fault: model.fault) { places in
            if let place = shown(places, navigation.place) ?? shown(places, model.place) ?? places.first {
                HomePage(model: model, place: place, phonein: phonein)
            } else {
                WelcomeScreen(notes: model.notes) { await model.dismiss($0) }
            }
        }
        .modifier(Unsure(model: model))
        .onChange(of: navigation.wish, initial: true) {
            guard let wish = navigation.wish else { return }
            navigation.wish = nil
            model.press(Press(door: wish.door, place: wish.intercom.id), asks: wish.askFirst)
        }
        .alert(model.message ?? "", isPresented: Binding($model.message)) {
            Button(words(.ok)) {}
        } message: {
        }
    }

    private func shown(_ places: [PlaceModel], _ id: String?) -> PlaceModel? { places.first { $0.id == id } }
}

/// One intercom: its doors, what should be known, and the list that is chosen.
private struct HomePage: View {
    @Bindable var model: HomeModel
    let place: PlaceModel
    @State private var keys: KeysModel
    @State private var activity: ActivityModel
    @State private var deletion: DeleteModel

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
                Notes(notes: model.notes, place: nil) { await model.dismiss($0) }
                Notes(notes: place.notes, place: place.id) { await model.dismiss($0) }
                Section { TabChoice(tab: $model.tab) }
                switch model.tab {
                case .activity: ActivitySections(model: activity)
                case .keys:
                    KeysSection(model: keys, home: model, deletion: deletion, takesLinks: place.takesLinks)
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

/// Asks before a door opens, on a phone that cannot know who presses.
private struct Unsure: ViewModifier {
    @Bindable var model: HomeModel
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content.confirmationDialog(
            words(.askWithoutLock), isPresented: Binding($model.unsure), titleVisibility: .visible,
            presenting: model.unsure
        ) { press in
            Button(words(.openDoor)) { model.open(press) }
            Button(words(.cancel), role: .cancel) {}
        } message: { _ in
        }
    }
}
