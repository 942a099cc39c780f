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

    subscript(date field: KeyField) -> Date {
        get { WallClock.date(choice(field)?.date.components) }
        set {
            guard let day = WallClock.day(newValue) else { return }
            set {
                switch field {
                case .startDate: $0.setStartDate(date: day)
                case .expiryDate: $0.setExpiryDate(date: day)
                case .from: $0.setFrom(date: day)
                default: $0.setUntil(date: day)
                }
            }
            leave(field)
        }
    }

    subscript(time field: KeyField) -> Date {
        get { WallClock.date(clock(field)?.time.components) }
        set {
            guard let time = WallClock.time(newValue) else { return }
            set {
                switch field {
                case .startTime: $0.setStartTime(time: time)
                case .expiryTime: $0.setExpiryTime(time: time)
                case .windowStart: $0.setWindowStart(time: time)
                default: $0.setWindowEnd(time: time)
                }
            }
            leave(field)
        }
    }

    private func choice(_ field: KeyField) -> DateChoice? {
        switch field {
        case .startDate: page?.singleUse?.startDate
        case .expiryDate: page?.singleUse?.expiryDate
        case .from: page?.weekly?.from
        default: page?.weekly?.until
        }
    }

    private func clock(_ field: KeyField) -> TimeChoice? {
        switch field {
        case .startTime: page?.singleUse?.startTime
        case .expiryTime: page?.singleUse?.expiryTime
        case .windowStart: page?.weekly?.start
        default: page?.weekly?.end
        }
    }
}
