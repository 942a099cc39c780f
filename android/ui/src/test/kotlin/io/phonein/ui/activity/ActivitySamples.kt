package io.phonein.ui.activity

import androidx.compose.foundation.layout.PaddingValues
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityKind
import io.phonein.core.ActivityShow
import io.phonein.core.Door
import io.phonein.core.EmptyList
import io.phonein.core.EmptyWhy
import io.phonein.core.Fact
import io.phonein.core.HomeNote
import io.phonein.core.Meaning
import io.phonein.core.NoteAction
import io.phonein.core.ShowChoice
import io.phonein.core.Sign
import io.phonein.core.Via
import io.phonein.ui.home.TabContent
import io.phonein.ui.home.notes

val noActivityActions = ActivityActions({}, {}, {}, {}, {}, {}, {})

/** What may happen, and what is drawn beside it. */
enum class What(
    val kind: ActivityKind,
    val sign: Sign,
    val meaning: Meaning,
) {
    OPENED(ActivityKind.OPENED, Sign.ENTRANCE_OPEN, Meaning.ACTIVE),
    REFUSED(ActivityKind.REFUSED, Sign.BAR, Meaning.REFUSED),
    INNER_OPENED(ActivityKind.OPENED, Sign.INNER_DOOR_OPEN, Meaning.ACTIVE),
    ACCEPTED(ActivityKind.ACCEPTED, Sign.PHONE, Meaning.WORKING),
    CHANGED(ActivityKind.CHANGED, Sign.PENCIL, Meaning.WORKING),
    UNANSWERED(ActivityKind.UNANSWERED, Sign.NO_SIGNAL, Meaning.USED),
    FAULT(ActivityKind.FAULT, Sign.ALERT, Meaning.REFUSED),
    PAIRED(ActivityKind.PAIRED, Sign.PEOPLE, Meaning.WORKING),
    DEVICE(ActivityKind.DEVICE, Sign.INTERCOM, Meaning.USED),
    UNKNOWN(ActivityKind.UNKNOWN, Sign.QUESTION, Meaning.USED),
    INTERRUPTED(ActivityKind.INTERRUPTED, Sign.QUESTION, Meaning.USED),
}

/** An entry, in the core's words. */
fun entry(
    what: What,
    title: String,
    line: String,
    time: String,
    day: String = "Today",
    reason: String = "",
    door: Door? = Door.ENTRANCE,
    person: String? = null,
    key: String? = null,
    mayGiveBack: Boolean = false,
) = ActivityEntry(
    id = "$day $time",
    intercom = "1",
    place = "Home",
    kind = what.kind,
    sign = what.sign,
    meaning = what.meaning,
    day = day,
    time = time,
    title = title,
    line = line,
    reason = reason,
    facts =
        listOf(Fact(Sign.CLOCK, day, time), Fact(Sign.INTERCOM, "Home", line)) +
            listOfNotNull(person?.let { Fact(Sign.PEOPLE, it, "") }, key?.let { Fact(Sign.KEY, it, "") }),
    person = person,
    keyName = key,
    key = key?.let { "7" },
    door = door,
    via = Via.BLUETOOTH,
    mayGiveBack = mayGiveBack,
)

val interrupted =
    entry(
        What.INTERRUPTED,
        "Interrupted",
        "Food Delivery · Entrance",
        "18:22",
        "Yesterday",
        "Power failed during this use",
        person = "Cili",
        key = "Food Delivery",
        mayGiveBack = true,
    )

/** Two days with an entry of each kind. */
val happened =
    listOf(
        entry(What.OPENED, "Entrance opened", "Food Delivery · Bluetooth", "10:04", person = "Cili", key = "Food Delivery"),
        entry(What.REFUSED, "Entrance refused", "Cleaner · Network", "09:48", reason = "Opens at 10:00", key = "Cleaner"),
        entry(What.INNER_OPENED, "Inner door opened", "Anna · Bluetooth", "08:15", door = Door.INNER, person = "Anna"),
        entry(What.ACCEPTED, "Key accepted", "Cleaner · on Béla's phone", "07:52", person = "Béla", key = "Cleaner"),
        entry(What.CHANGED, "Key changed", "Cleaner · by Anna", "07:30", person = "Anna", key = "Cleaner"),
        entry(What.UNANSWERED, "Not reached", "Entrance", "07:10", reason = "Nothing was sent: the door stayed shut"),
        entry(What.OPENED, "Entrance opened", "Anna · Network", "21:40", "Yesterday", person = "Anna"),
        interrupted,
        entry(What.FAULT, "Door fault", "Cleaner · Entrance", "17:05", "Yesterday", "The door did not react. The use was given back"),
        entry(What.PAIRED, "Phone paired as manager", "Anna", "09:00", "Yesterday"),
        entry(What.DEVICE, "Intercom restarted", "", "08:59", "Yesterday"),
        entry(What.UNKNOWN, "Something this version of the app does not know", "", "Time unknown", "Yesterday"),
    )

/** What the list can be cut down to. */
val choices =
    listOf(
        ShowChoice(ActivityShow.ALL, "All"),
        ShowChoice(ActivityShow.OPENED, "Opened"),
        ShowChoice(ActivityShow.REFUSED, "Refused"),
        ShowChoice(ActivityShow.KEYS, "Keys"),
    )

val activity = ActivityState(entries = happened, choices = choices)

/** What the core says of a record that is not the one this phone had read. */
val broken =
    HomeNote(
        "The intercom's record is not the one this phone had read",
        "It may have been restored from an old copy. Keys and changes known here are sent to it again",
        NoteAction.None,
        actionWords = null,
        dismissal = "1",
    )

fun under(vararg notes: HomeNote) = TabContent("1", {}, { notes(notes.toList(), {}, {}) }, PaddingValues())

/** What the list says without an entry. */
val noActivity = EmptyList(EmptyWhy.NOTHING, Sign.CLOCK, "Nothing happened yet", "Who came shows here")
