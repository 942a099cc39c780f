import PhoneinCore
import SwiftUI

/// The weekdays, in one row where seven fit.
struct Weekdays: View {
    let days: [DayChoice]
    let toggle: @MainActor (Int) -> Void

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack(spacing: 4) { row(0..<days.count) }
            VStack(alignment: .leading) {
                HStack { row(0..<4) }
                HStack { row(4..<days.count) }
            }
        }
    }

    private func row(_ places: Range<Int>) -> some View {
        ForEach(places, id: \.self) { place in Weekday(day: days[place]) { toggle(place) } }
    }
}

/// Drawn as a letter, read in full.
private struct Weekday: View {
    let day: DayChoice
    let toggle: @MainActor () -> Void

    var body: some View {
        Button(action: toggle) {
            Text(day.letter)
                .font(.subheadline.weight(.medium))
                .foregroundStyle(day.chosen ? .white : .primary)
                .frame(width: 44, height: 44)
                .background(day.chosen ? Tint.accent : Color.clear, in: .circle)
        }
        .buttonStyle(.borderless)
        .accessibilityLabel(day.name)
        .accessibilityAddTraits(day.chosen ? .isSelected : [])
    }
}
