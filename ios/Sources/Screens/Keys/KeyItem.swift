import PhoneinCore
import SwiftUI

/// What can be done with a key in the list.
struct KeyActions {
    let open: @MainActor () -> Void
    let details: @MainActor () -> Void
    let edit: @MainActor () -> Void
    let share: @MainActor () -> Void
    let delete: @MainActor () -> Void
}

/// A key in the list: a tap opens the door with it, or shows its page while it opens nothing.
struct KeyItem: View {
    let row: KeyRow
    let actions: KeyActions
    @Environment(\.words) private var words

    var body: some View {
        HStack {
            Button(action: row.opens != nil ? actions.open : actions.details) {
                KeyLabel(row: row).frame(maxWidth: .infinity, alignment: .leading)
            }
            .buttonStyle(.plain)
            .accessibilityHint(words(row.opens != nil ? .openDoor : .details))
            Menu {
                KeyMenu(row: row, actions: actions)
            } label: {
                Label("\(row.name), \(words(.keyMenu))", symbol: .more).labelStyle(.iconOnly)
            }
        }
        .swipeActions { KeySwipe(row: row, actions: actions) }
        .contextMenu { KeyMenu(row: row, actions: actions) }
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
                StatusLine(status: row.status, words: row.statusWords)
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
        if row.offers.contains(.edit) { Button(words(.edit), symbol: .edit, action: actions.edit) }
        if row.offers.contains(.share) { Button(words(.share), symbol: .share, action: actions.share) }
        KeyRemoval(row: row, action: actions.delete)
    }
}

private struct KeySwipe: View {
    let row: KeyRow
    let actions: KeyActions
    @Environment(\.words) private var words

    var body: some View {
        KeyRemoval(row: row, action: actions.delete)
        if row.offers.contains(.share) { Button(words(.share), symbol: .share, action: actions.share) }
    }
}

/// Deletes a key, or removes it from this phone.
struct KeyRemoval: View {
    let row: KeyRow
    let action: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        if row.offers.contains(.delete) {
            Button(words(.delete), symbol: .delete, role: .destructive, action: action)
        }
        if row.offers.contains(.remove) {
            Button(words(.removeFromPhone), symbol: .delete, role: .destructive, action: action)
        }
    }
}
