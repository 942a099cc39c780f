import PhoneinCore
import SwiftUI

/// What a link offers; it leaves by itself once the key is accepted.
struct AcceptScreen: View {
    @State private var model: AcceptModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    init(phonein: Phonein, link: String) {
        _model = State(initialValue: AcceptModel(phonein: phonein, link: link))
    }

    var body: some View {
        AcceptPage(model: model)
            .navigationTitle(words(.sentKey))
            .navigationBarTitleDisplayMode(.inline)
            .toolbar { CloseButton() }
            .task { await model.read() }
            .onChange(of: model.accepted) { navigation.home(at: model.accepted) }
            .sensoryFeedback(.success, trigger: model.accepted)
    }
}

struct AcceptPage: View {
    let model: AcceptModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        if let ended = model.ended {
            Empty(ended.told.title, ended.told.detail, symbol: .refused) {
                if ended.asksAnother {
                    Button(words(.tryAgain)) { navigation.show(.sentKey) }
                } else {
                    Button(words(.ok)) { navigation.home() }
                }
            }
        } else if let invitation = model.invitation {
            Offer(invitation: invitation, model: model)
        } else {
            ProgressView()
        }
    }
}

private struct Offer: View {
    let invitation: Invitation
    @Bindable var model: AcceptModel
    @Environment(\.words) private var words

    var body: some View {
        Form {
            Head(invitation: invitation)
            Section {
                Label(invitation.sentence, symbol: .key).font(.headline)
                Text(invitation.hearsayWords).font(.footnote).foregroundStyle(.secondary)
                if let welcome = invitation.welcome { Label(welcome, symbol: .message) }
            }
            if let told = invitation.knownWords { Notice(told, symbol: .phone) }
            if let fault = model.fault { Notice(fault).speaks(fault.sentence) }
            if model.offer == .add {
                FieldRow(
                    title: words(.yourName), text: $model.ownName, help: words(.guestNameHelp), wrong: model.wrongName
                )
                .textContentType(.name)
                .textInputAutocapitalization(.words)
                .submitLabel(.done)
                .onSubmit { Task { await model.add() } }
            }
        }
        .safeAreaInset(edge: .bottom) { WayOn(model: model).padding() }
    }
}

private struct Head: View {
    let invitation: Invitation

    var body: some View {
        Section {
            VStack(spacing: 8) {
                Image(invitation.category.symbol).font(.largeTitle).foregroundStyle(.tint).accessibilityHidden(true)
                Text(invitation.name).font(.title2).accessibilityAddTraits(.isHeader)
                Text(invitation.placeWords).foregroundStyle(.secondary)
            }
            .multilineTextAlignment(.center)
            .frame(maxWidth: .infinity)
        }
    }
}

private struct WayOn: View {
    let model: AcceptModel
    @Environment(Navigation.self) private var navigation
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: 12) {
            if model.isAsking { ProgressView() }
            switch model.offer {
            case .add: AccessButton(title: words(.addKey), symbol: .key) { Task { await model.add() } }
            case .useHere: Button(words(.useItHere), symbol: .phone) { model.useHere() }.buttonStyle(.bordered)
            case .close: Button(words(.ok)) { navigation.home() }.buttonStyle(.bordered)
            case nil: EmptyView()
            }
        }
    }
}
