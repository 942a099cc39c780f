import PhoneinCore
import SwiftUI

/// What can be done with a key in the list.
struct KeyActions {
    let open: @MainActor (Door) -> Void
    let details: @MainActor () -> Void
    let offered: @MainActor (KeyOffer) -> Void
}

/// A key in the list: a tap opens the door with it, or shows its page while it opens nothing.
struct KeyItem: View {
    let row: KeyRow
    let actions: KeyActions
    @Environment(\.words) private var words

    var body: some View {
        HStack {
            Button(action: tap) {
                KeyLabel(row: row).frame(maxWidth: .infinity, alignment: .leading)
            }
            .buttonStyle(.plain)
            .accessibilityHint(words(row.opens == nil ? .details : .openDoor))
            Menu {
                KeyMenu(row: row, actions: actions)
            } label: {
                Label(row.menuWords, symbol: .more).labelStyle(.iconOnly)
            }
        }
        .swipeActions { KeyOffers(offers: row.offers.reversed().filter { $0 != .edit }, act: actions.offered) }
        .contextMenu { KeyMenu(row: row, actions: actions) }
    }

    private func tap() {
        if let door = row.opens { actions.open(door) } else { actions.details() }
    }
}

private struct KeyLabel: View {
    let row: KeyRow

    var body: some View {
        HStack(spacing: 16) {
            Image(row.category.symbol).font(.title2).foregroundStyle(.tint).accessibilityHidden(true)
            VStack(alignment: .leading, spacing: 2) {
                Text(row.name)
                if !row.categoryWords.isEmpty {
                    Text(row.categoryWords).font(.subheadline).foregroundStyle(.secondary)
                }
                StatusLine(row: row)
            }
        }
    }
}

private struct KeyMenu: View {
    let row: KeyRow
    let actions: KeyActions
    @Environment(\.words) private var words

    var body: some View {
        Button(words(.details), symbol: .key, action: actions.details)
        KeyOffers(offers: row.offers, act: actions.offered)
    }
}

/// A button for each thing that can be done with a key.
struct KeyOffers: View {
    let offers: [KeyOffer]
    let act: @MainActor (KeyOffer) -> Void
    @Environment(\.words) private var words

    var body: some View {
        ForEach(offers, id: \.self) { offer in
            Button(words(offer.word), symbol: offer.symbol, role: offer.role) { act(offer) }
        }
    }
}

extension KeyOffer {
    fileprivate var word: Word {
        switch self {
        case .edit: .edit
        case .share: .share
        case .delete: .delete
        case .remove: .removeFromPhone
        }
    }

    fileprivate var symbol: Symbol {
        switch self {
        case .edit: .edit
        case .share: .share
        case .delete, .remove: .delete
        }
    }

    fileprivate var role: ButtonRole? {
        switch self {
        case .edit, .share: nil
        case .delete, .remove: .destructive
        }
    }
}

extension Navigation {
    /// Does what is offered for a key, in the list and on its page.
    func act(_ offer: KeyOffer, on key: String, deletion: DeleteModel) {
        switch offer {
        case .edit: show(.editKey(key))
        case .share: show(.share(key))
        case .delete, .remove: deletion.ask(key)
        }
    }
}
