import Foundation
import Observation
import PhoneinCore

/// A page on Home.
enum Route: Hashable {
    case locations
    case key(String)
    case settings(String)
    case clock(String)
    case managers(String)
}

/// Something to be done or shown, above the pages.
enum Sheet: Hashable, Identifiable {
    case addDevice
    case sentKey
    case newKey(String)
    case editKey(String)
    case created(String)
    case share(String)
    case accept(ReceivedLink)

    var id: Self { self }
}

/// Whoever has the link may get the key: it is not for logs.
struct ReceivedLink: Hashable, CustomStringConvertible {
    let text: String

    var description: String { "\(Self.self)" }
}

/// The pages that lie on Home, and the sheet above them.
@MainActor @Observable public final class Navigation {
    var path: [Route] = []
    var sheet: Sheet?
    /// The intercom at which Home stands.
    var place: String?
    /// A door to be opened as soon as Home is shown.
    var wish: QuickDoor?

    public init() {}

    func open(_ route: Route) { path.append(route) }

    func show(_ sheet: Sheet) { self.sheet = sheet }

    /// A link the system gave to the app, or any text with one in it.
    public func openLink(_ text: String) { sheet = .accept(ReceivedLink(text: text)) }

    /// - Parameter place: The intercom to stand at; without it Home stays where it was.
    public func home(at place: String? = nil) {
        if let place { self.place = place }
        sheet = nil
        path = []
    }

    /// Opens a door, where Home shows what comes of it: the way of a shortcut.
    public func open(_ door: QuickDoor) {
        home(at: door.intercom.id)
        wish = door
    }
}
