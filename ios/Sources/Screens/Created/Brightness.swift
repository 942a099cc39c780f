import Foundation
import UIKit

/// The screen as bright as it gets, and on, for as long as another phone's camera is to read it.
@MainActor final class Brightness {
    /// As the person had it.
    private var before: CGFloat?

    func raise() {
        guard before == nil, let screen else { return }
        before = screen.brightness
        screen.brightness = 1
        UIApplication.shared.isIdleTimerDisabled = true
    }

    func restore() {
        guard let before else { return }
        screen?.brightness = before
        UIApplication.shared.isIdleTimerDisabled = false
        self.before = nil
    }

    private var screen: UIScreen? {
        UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }.first?.screen
    }
}
