import Foundation
import PhoneinCore

/// The page's fields for SwiftUI to bind to: each reads what the core said last, and sets it there.
extension NewKeyModel {
    var name: String {
        get { page?.name ?? "" }
        set { set { $0.setName(name: newValue) } }
    }

    var category: KeyCategory? {
        get { page?.category }
        set { if let newValue { set { $0.setCategory(category: newValue) } } }
    }

    var isUnlimited: Bool {
        get { page?.unlimited ?? false }
        set { set { $0.setUnlimited(on: newValue) } }
    }

    var isRecurring: Bool {
        get { page?.recurring ?? false }
        set { set { $0.setRecurring(on: newValue) } }
    }

    var opensInnerDoor: Bool {
        get { page?.innerDoor ?? false }
        set { set { $0.setInnerDoor(on: newValue) } }
    }

    var hasWelcome: Bool {
        get { page?.welcomeOn ?? false }
        set { set { $0.setWelcomeOn(on: newValue) } }
    }

    var welcome: String {
        get { page?.welcome ?? "" }
        set { set { $0.setWelcome(message: newValue) } }
    }

    /// The number of uses as the list of choices names it.
    var usesWords: String {
        get { page?.singleUse?.usesWords ?? "" }
        set {
            guard let choice = uses.first(where: { $0.words == newValue }) else { return }
            set { $0.setUses(uses: choice.uses) }
        }
    }

    /// A date, or a time of day.
    subscript(moment field: KeyField) -> Date {
        get { WallClock.date(components(field)) }
        set {
            guard let day = WallClock.day(newValue), let time = WallClock.time(newValue) else { return }
            set {
                switch field {
                case .startDate: $0.setStartDate(date: day)
                case .startTime: $0.setStartTime(time: time)
                case .expiryDate: $0.setExpiryDate(date: day)
                case .expiryTime: $0.setExpiryTime(time: time)
                case .from: $0.setFrom(date: day)
                case .until: $0.setUntil(date: day)
                case .windowStart: $0.setWindowStart(time: time)
                case .windowEnd: $0.setWindowEnd(time: time)
                default: break
                }
            }
            leave(field)
        }
    }

    private func components(_ field: KeyField) -> DateComponents? {
        let (single, weekly) = (page?.singleUse, page?.weekly)
        return switch field {
        case .startDate: single?.startDate.date.components
        case .startTime: single?.startTime.time.components
        case .expiryDate: single?.expiryDate.date.components
        case .expiryTime: single?.expiryTime.time.components
        case .from: weekly?.from.date.components
        case .until: weekly?.until.date.components
        case .windowStart: weekly?.start.time.components
        case .windowEnd: weekly?.end.time.components
        default: nil
        }
    }
}
