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
        DateRow(title: words(.startDate), model: model, field: .startDate)
        TimeRow(title: words(.startTime), model: model, field: .startTime)
        DateRow(title: words(.expirationDate), model: model, field: .expiryDate)
        TimeRow(title: words(.expirationTime), model: model, field: .expiryTime)
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
        DateRow(title: words(.startDate), model: model, field: .from)
        DateRow(title: words(.endDate), model: model, field: .until)
        TimeRow(title: words(.startTime), model: model, field: .windowStart)
        TimeRow(title: words(.endTime), model: model, field: .windowEnd)
    }
}

private struct DateRow: View {
    let title: String
    @Bindable var model: NewKeyModel
    let field: KeyField

    var body: some View {
        DatePicker(title, selection: $model[date: field], displayedComponents: .date)
            .onWallClock()
            .id(field)
        if let wrong = model.wrong(field) { Wrong(words: wrong) }
    }
}

private struct TimeRow: View {
    let title: String
    @Bindable var model: NewKeyModel
    let field: KeyField

    var body: some View {
        DatePicker(title, selection: $model[time: field], displayedComponents: .hourAndMinute)
            .onWallClock()
            .id(field)
        if let wrong = model.wrong(field) { Wrong(words: wrong) }
    }
}
