import PhoneinCore

extension KeyCategory {
    var symbol: Symbol {
        switch self {
        case .friend: .friend
        case .customer: .customer
        case .services: .services
        case .event: .event
        case .delivery: .delivery
        case .renter: .renter
        case .employee: .employee
        }
    }
}

extension KeyCategory? {
    /// One of a later version has the sign of all keys.
    var symbol: Symbol { self?.symbol ?? .key }
}
