package io.phonein.ui.newkey

import io.phonein.core.CalendarDate
import io.phonein.core.CategoryChoice
import io.phonein.core.ClockTime
import io.phonein.core.DateChoice
import io.phonein.core.DayChoice
import io.phonein.core.FieldProblem
import io.phonein.core.KeyCategory
import io.phonein.core.KeyField
import io.phonein.core.Problem
import io.phonein.core.SingleUse
import io.phonein.core.TimeChoice
import io.phonein.core.Uses
import io.phonein.core.UsesChoice
import io.phonein.core.WeeklyHours
import io.phonein.core.WizardState
import java.time.DayOfWeek
import java.time.format.TextStyle
import java.util.Locale

/** The page in the core's words. */
object Pages {
    val unlimited = page("for friends", KeyCategory.FRIEND, sentence = "This key will be valid forever")

    val single =
        page(
            "Food Delivery",
            KeyCategory.DELIVERY,
            sentence =
                "Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22, " +
                    "up to 5 times",
        ).copy(
            unlimited = false,
            recurring = false,
            singleUse =
                SingleUse(
                    date(12, "Tue, Oct 12"),
                    time(10, 22),
                    date(14, "Thu, Oct 14"),
                    time(10, 22),
                    5,
                    "5",
                ),
        )

    val weekly =
        page(
            "Cleaner",
            KeyCategory.SERVICES,
            sentence =
                "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 " +
                    "ending Friday, December 31, 2021",
        ).copy(unlimited = false, recurring = true, weekly = weekly(DayOfWeek.WEDNESDAY, DayOfWeek.SATURDAY))

    /** CREATE KEY was pressed on it. */
    val wrong =
        weekly.copy(
            name = "",
            weekly = weekly(until = date(3, "Sun, Oct 3")),
            welcomeOn = true,
            welcome = "Hello ".repeat(40),
            problems =
                listOf(
                    problem(KeyField.NAME, FieldProblem.NO_NAME, "Give the key a name"),
                    problem(KeyField.DAYS, FieldProblem.NO_DAY, "Choose at least one weekday"),
                    problem(KeyField.UNTIL, FieldProblem.END_DATE_BEFORE_START, "The end date is before the start date"),
                    problem(KeyField.WELCOME, FieldProblem.WELCOME_TOO_LONG, "The message is too long: at most 200 characters"),
                ),
            sentence = null,
            reason = "Give the key a name",
            savable = false,
        )

    /** What is said of a page that was brought back. */
    const val BROUGHT_BACK = "This is what you set last time"

    val uses = listOf(UsesChoice(Uses.NoLimit, "No limit")) + (1..99).map { UsesChoice(Uses.Times(it), "$it") }

    private fun page(
        name: String,
        category: KeyCategory,
        sentence: String,
    ) = WizardState(
        editing = false,
        broughtBack = null,
        name = name,
        category = category,
        categories = KeyCategory.entries.map { CategoryChoice(it, it.name.lowercase().replaceFirstChar(Char::uppercase)) },
        unlimited = true,
        recurring = null,
        singleUse = null,
        weekly = null,
        innerDoor = false,
        welcomeOn = false,
        welcome = null,
        problems = emptyList(),
        sentence = sentence,
        reason = null,
        savable = true,
    )

    private fun weekly(
        vararg chosen: DayOfWeek,
        until: DateChoice = DateChoice(CalendarDate(2021, 12, 31), "Fri, Dec 31"),
    ) = WeeklyHours(
        DayOfWeek.entries.map {
            val name = it.getDisplayName(TextStyle.FULL, Locale.ENGLISH)
            DayChoice(name.take(1), name, it in chosen)
        },
        date(12, "Tue, Oct 12"),
        until,
        time(10, 0),
        time(14, 0),
        false,
    )

    private fun problem(
        field: KeyField,
        problem: FieldProblem,
        words: String,
    ) = Problem(field, problem, words, true)

    private fun date(
        day: Int,
        words: String,
    ) = DateChoice(CalendarDate(2021, 10, day), words)

    private fun time(
        hour: Int,
        minute: Int,
    ) = TimeChoice(ClockTime(hour, minute), "%02d:%02d".format(hour, minute))
}

/** Nothing happens. */
val noActions = NewKeyActions({}, {}, {}, {}, { _, _ -> }, { _, _ -> }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
