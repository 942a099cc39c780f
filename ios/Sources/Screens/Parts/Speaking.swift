import Accessibility
import SwiftUI

extension View {
    /// A screen reader says these words whenever they are others; `delay` lets whoever types come to an end.
    func speaks(_ words: String?, after delay: Duration = .zero) -> some View {
        modifier(Speaking(words: words, delay: delay))
    }
}

private struct Speaking: ViewModifier {
    let words: String?
    let delay: Duration

    func body(content: Content) -> some View {
        content.task(id: words) {
            guard let words, (try? await Task.sleep(for: delay)) != nil else { return }
            AccessibilityNotification.Announcement(words).post()
        }
    }
}
