import PhoneinCore
import SwiftUI

/// When the key opens, and how often.
struct RuleFields: View {
    @Bindable var model: NewKeyModel
    @Environment(\.words) private var words

    var body: some View {
        Section {
            Toggle(words(.unlimitedKey), isOn: $model.isUnlimited)
            if model.page?.recurring != nil { Toggle(words(.recurring), isOn: $model.isRecurring) }
            if model.page?.singleUse != nil { SingleUseFields(model: model) }
            if let weekly = model.page?.weekly { WeeklyFields(model: model, weekly: weekly) }
        }
    }
}

/// When a single-use key starts and expires, and how often it opens.
private struct SingleUseFields: View {
    @Bindable var model: NewKeyModel
    @Environment(\.words) private var words

    var body: some View {
        MomentRow(title: words(.startDate), model: model, field: .startDate)
        MomentRow(title: words(.startTime), model: model, field: .startTime, shows: .hourAndMinute)
        MomentRow(title: words(.expirationDate), model: model, field: .expiryDate)
        MomentRow(title: words(.expirationTime), model: model, field: .expiryTime, shows: .hourAndMinute)
        Picker(words(.numberOfUses), selection: $model.usesWords) {
            ForEach(choices, id: \.self) { Text($0).tag($0) }
        }
        .id(KeyField.uses)
        if let wrong = model.wrong(.uses) { Wrong(words: wrong) }
    }

    /// A number from elsewhere is one of the choices while it is chosen.
    private var choices: [String] {
        let known = model.uses.map(\.words)
        return known.contains(model.usesWords) ? known : [model.usesWords] + known
    }
}

/// On which days a recurring key opens, from when to when.
private struct WeeklyFields: View {
    let model: NewKeyModel
    let weekly: WeeklyHours
    @Environment(\.words) private var words

    var body: some View {
        Weekdays(days: weekly.days) { model.toggle(day: $0) }.id(KeyField.days)
        if let wrong = model.wrong(.days) { Wrong(words: wrong) }
        MomentRow(title: words(.startDate), model: model, field: .from)
        MomentRow(title: words(.endDate), model: model, field: .until)
        MomentRow(title: words(.startTime), model: model, field: .windowStart, shows: .hourAndMinute)
        MomentRow(title: words(.endTime), model: model, field: .windowEnd, shows: .hourAndMinute)
    }
}

/// A date, or a time of day.
private struct MomentRow: View {
    let title: String
    @Bindable var model: NewKeyModel
    let field: KeyField
    var shows = DatePickerComponents.date

    var body: some View {
        DatePicker(title, selection: $model[moment: field], displayedComponents: shows)
            .onWallClock()
            .id(field)
        if let wrong = model.wrong(field) { Wrong(words: wrong) }
    }
}
