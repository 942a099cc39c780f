import Foundation
import PhoneinCore
import Testing

/// The page of a new key.
@Suite(.timeLimit(.minutes(2))) struct WizardTests {
    let intercom: IntercomProcess
    let anna: Phone
    let home: String

    init() async throws {
        intercom = try await IntercomProcess("--inner-door")
        anna = try await Phone()
        home = try await anna.pair(intercom, as: "Anna")
    }

    @Test func datesAndTimesAreThoseOfPickersAndTheRuleIsReadBack() async throws {
        let wizard = try await anna.core.newKey(intercom: home)
        wizard.setUnlimited(on: false)
        wizard.setUses(uses: Uses.times(count: 5))
        wizard.setStartDate(date: try #require(CalendarDate(DateComponents(year: 2031, month: 10, day: 12))))
        wizard.setStartTime(time: try #require(ClockTime(DateComponents(hour: 10, minute: 22))))
        wizard.setExpiryDate(date: CalendarDate(year: 2031, month: 10, day: 14))
        wizard.setExpiryTime(time: ClockTime(hour: 12, minute: 0))
        let single: SingleUse = try #require(wizard.state().singleUse)
        let (date, time): (DateChoice, TimeChoice) = (single.startDate, single.startTime)
        #expect(date.date.components == DateComponents(year: 2031, month: 10, day: 12))
        #expect(time.time.components == DateComponents(hour: 10, minute: 22) && time.words == "10:22")
        #expect(CalendarDate(DateComponents(year: 2031)) == nil && ClockTime(DateComponents(hour: 12)) == nil)

        wizard.setRecurring(on: true)
        let weekly: WeeklyHours = try #require(wizard.state().weekly)
        let chosen = weekly.days.enumerated().filter { (_, day: DayChoice) in day.chosen }
        for (index, _) in chosen { wizard.toggleDay(day: Int32(index)) }
        wizard.toggleDay(day: 5)
        wizard.setFrom(date: CalendarDate(year: 2031, month: 10, day: 12))
        wizard.setUntil(date: CalendarDate(year: 2031, month: 12, day: 31))
        wizard.setWindowStart(time: ClockTime(hour: 22, minute: 0))
        wizard.setWindowEnd(time: ClockTime(hour: 6, minute: 0))
        let sentence = try #require(wizard.state().sentence)
        #expect(sentence.hasPrefix("Your key is valid every Saturday from 22:00 to 06:00 the next day starting Sunday"))
    }

    @Test func aDraftIsThereAgainUntilItIsDiscarded() async throws {
        let directory = try temporaryDirectory()
        try await {
            let core = try await Phone.start(in: directory)
            let added = try await core.addIntercom(code: intercom.code, name: "Home", ownName: "Béla").last()
            #expect(added.map { "\($0)".hasPrefix("alreadyPaired") } == true)
        }()
        let wizard = try await anna.core.newKey(intercom: home)
        wizard.setInnerDoor(on: true)
        wizard.leave(field: KeyField.name)
        let problem: Problem = try #require(wizard.state().problems.first)
        #expect(problem.problem == FieldProblem.noName && problem.shown && problem.words == "Give the key a name")
        #expect(wizard.intercom() == home && wizard.key() == nil)

        let again = try #require(try await anna.core.draft())
        let state: WizardState = again.state()
        #expect(state.innerDoor == true && state.broughtBack == "This is what you set last time")
        let choice: CategoryChoice = try #require(state.categories.first)
        #expect(choice.category == KeyCategory.friend && choice.name == "Friend")
        again.startOver()
        #expect(again.state().innerDoor == false)
        again.discard()
        #expect(try await anna.core.draft() == nil)
    }
}
