package io.phonein.ui.activity

import androidx.compose.foundation.layout.PaddingValues
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityKind
import io.phonein.core.Door
import io.phonein.core.EmptyList
import io.phonein.core.EmptyWhy
import io.phonein.core.HomeNote
import io.phonein.core.NoteAction
import io.phonein.core.Via
import io.phonein.ui.home.TabContent
import io.phonein.ui.home.notes

val noActivityActions = ActivityActions({}, {}, {}, {}, {}, {}, {})

/** An entry, in the core's words. */
fun entry(
    kind: ActivityKind,
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
    kind = kind,
    day = day,
    time = time,
    title = title,
    line = line,
    reason = reason,
    person = person,
    keyName = key,
    key = key?.let { "7" },
    door = door,
    via = Via.BLUETOOTH,
    mayGiveBack = mayGiveBack,
)

val interrupted =
    entry(
        ActivityKind.INTERRUPTED,
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
        entry(ActivityKind.OPENED, "Entrance opened", "Food Delivery · Bluetooth", "10:04", person = "Cili", key = "Food Delivery"),
        entry(ActivityKind.REFUSED, "Entrance refused", "Cleaner · Network", "09:48", reason = "Opens at 10:00", key = "Cleaner"),
        entry(ActivityKind.OPENED, "Inner door opened", "Anna · Bluetooth", "08:15", door = Door.INNER, person = "Anna"),
        entry(ActivityKind.ACCEPTED, "Key accepted", "Cleaner · on Béla's phone", "07:52", person = "Béla", key = "Cleaner"),
        entry(ActivityKind.CHANGED, "Key changed", "Cleaner · by Anna", "07:30", person = "Anna", key = "Cleaner"),
        entry(ActivityKind.UNANSWERED, "Not reached", "Entrance", "07:10", reason = "Nothing was sent: the door stayed shut"),
        entry(ActivityKind.OPENED, "Entrance opened", "Anna · Network", "21:40", "Yesterday", person = "Anna"),
        interrupted,
        entry(ActivityKind.FAULT, "Door fault", "Cleaner · Entrance", "17:05", "Yesterday", "The door did not react. The use was given back"),
        entry(ActivityKind.PAIRED, "Phone paired as manager", "Anna", "09:00", "Yesterday"),
        entry(ActivityKind.DEVICE, "Intercom restarted", "", "08:59", "Yesterday"),
        entry(ActivityKind.UNKNOWN, "Something this version of the app does not know", "", "Time unknown", "Yesterday"),
    )

val activity = ActivityState(entries = happened)

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
val noActivity = EmptyList(EmptyWhy.NOTHING, "Nothing happened yet", "Who came shows here")
