import Foundation
import UIKit

/// Puts a link where other apps of this phone can take it for a while. Other devices of the person do not get it.
@MainActor func copy(link: String) {
    UIPasteboard.general.setObjects([link], localOnly: true, expirationDate: .now + 10 * 60)
}
