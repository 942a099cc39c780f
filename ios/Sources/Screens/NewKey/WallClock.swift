import Foundation
import PhoneinCore
import SwiftUI

/// The intercom's wall clock for pickers, which think in instants: a calendar in which every date and time exists once.
enum WallClock {
    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    static func date(_ components: DateComponents?) -> Date {
        components.flatMap(calendar.date(from:)) ?? Date(timeIntervalSince1970: 0)
    }

    static func day(_ date: Date) -> CalendarDate? {
        CalendarDate(calendar.dateComponents([.year, .month, .day], from: date))
    }

    static func time(_ date: Date) -> ClockTime? { ClockTime(calendar.dateComponents([.hour, .minute], from: date)) }
}

extension View {
    /// Pickers here show the intercom's wall clock.
    func onWallClock() -> some View {
        environment(\.calendar, WallClock.calendar).environment(\.timeZone, .gmt)
    }
}
