import PhoneinCore
import SwiftUI

/// The link as a code to scan, what to know of it, and it alone.
struct LinkSection: View {
    let share: Share
    let model: CreatedModel
    @State private var isHeldOut = false
    /// The link that is on the clipboard.
    @State private var copied: String?
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Button {
                isHeldOut = true
                model.shared()
            } label: {
                QrCode(code: share.qr).frame(maxWidth: 322).frame(maxWidth: .infinity)
            }
            .buttonStyle(.plain)
            .accessibilityLabel(words(.qrCode))
            Button(words(.copyLink), symbol: .copy) {
                copy(link: share.link)
                model.shared()
                copied = share.link
            }
            // iOS does not say so itself.
            if copied == share.link {
                Label(words(.copied), symbol: .check)
                    .font(.subheadline)
                    .foregroundStyle(.secondary)
                    .speaks(words(.copied))
            }
        } footer: {
            VStack(alignment: .leading) {
                Text(share.ownerWords)
                Text(share.untilWords)
            }
        }
        .fullScreenCover(isPresented: $isHeldOut) { HeldOut(share: share) }
    }
}

/// The code as large as the screen, on nothing but white; a tap puts it away.
private struct HeldOut: View {
    let share: Share
    @State private var brightness = Brightness()
    @Environment(\.scenePhase) private var phase
    @Environment(\.dismiss) private var dismiss
    @Environment(\.words) private var words

    var body: some View {
        Button {
            dismiss()
        } label: {
            QrCode(code: share.qr).frame(maxWidth: .infinity, maxHeight: .infinity).background(.white)
        }
        .buttonStyle(.plain)
        .accessibilityLabel(words(.qrCode))
        .accessibilityHint(words(.close))
        .guarded()
        .onChange(of: phase, initial: true) {
            if phase == .active { brightness.raise() } else { brightness.restore() }
        }
        .onDisappear { brightness.restore() }
    }
}
