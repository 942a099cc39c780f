import Foundation
import PhoneinBindings

extension ActivityEntry: Identifiable {}
extension Intercom: Identifiable {}
extension KeyChip: Identifiable {}
extension KeyRow: Identifiable {}
extension Manager: Identifiable {}
extension ManagerKey: Identifiable {}

extension CalendarDate {
    /// The date a person chose.
    public init?(_ components: DateComponents) {
        guard let year = components.year.flatMap(Int32.init(exactly:)),
            let month = components.month.flatMap(Int32.init(exactly:)),
            let day = components.day.flatMap(Int32.init(exactly:))
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date for a picker: year, month and day.
    public var components: DateComponents {
        DateComponents(year: Int(year), month: Int(month), day: Int(day))
    }
}

extension ClockTime {
    /// The time of day a person chose.
    public init?(_ components: DateComponents) {
        guard let hour = components.hour.flatMap(Int32.init(exactly:)),
            let minute = components.minute.flatMap(Int32.init(exactly:))
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// The time for a picker: hour and minute.
    public var components: DateComponents {
        DateComponents(hour: Int(hour), minute: Int(minute))
    }
}
