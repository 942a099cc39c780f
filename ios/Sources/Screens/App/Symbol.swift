import SwiftUI

/// The SF Symbols the screens use. Each is in `ios/Symbols.txt` with the iOS that brought it.
enum Symbol: String, CaseIterable {
    case friend = "face.smiling"
    case customer = "person.badge.clock"
    case services = "wrench.and.screwdriver"
    case event = "party.popper"
    case delivery = "shippingbox"
    case renter = "house"
    case employee = "person.text.rectangle"
    case entrance = "door.french.closed"
    case entranceOpen = "door.french.open"
    case innerDoor = "door.left.hand.closed"
    case innerDoorOpen = "door.left.hand.open"
    case key = "key"
    case intercom = "video.doorbell"
    case gear = "gearshape"
    case search = "magnifyingglass"
    case share = "square.and.arrow.up"
    case code = "qrcode.viewfinder"
    case edit = "pencil"
    case delete = "trash"
    case clock = "clock"
    case phone = "iphone"
    case waiting = "arrow.triangle.2.circlepath"
    case refused = "minus.circle"
    case unreachable = "wifi.slash"
    case question = "questionmark"
    case alert = "exclamationmark.triangle"
    case network = "wifi"
    case bluetooth = "dot.radiowaves.left.and.right"
    case people = "person.2"
    case message = "text.bubble"
    case check = "checkmark"
    case close = "xmark"
    case plus = "plus"
    case more = "ellipsis.circle"
    case copy = "doc.on.doc"
}

extension Image {
    init(_ symbol: Symbol) { self.init(systemName: symbol.rawValue) }
}

extension Label where Title == Text, Icon == Image {
    init(_ title: String, symbol: Symbol) { self.init(title, systemImage: symbol.rawValue) }
}

extension Button where Label == SwiftUI.Label<Text, Image> {
    @preconcurrency init(
        _ title: String, symbol: Symbol, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void
    ) {
        self.init(title, systemImage: symbol.rawValue, role: role, action: action)
    }
}
