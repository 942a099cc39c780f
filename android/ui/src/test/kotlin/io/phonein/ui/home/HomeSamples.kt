package io.phonein.ui.home

import io.phonein.core.Door
import io.phonein.core.DoorButton
import io.phonein.core.FailedPath
import io.phonein.core.HomeNote
import io.phonein.core.Intercom
import io.phonein.core.IntercomHome
import io.phonein.core.KeyCategory
import io.phonein.core.KeyChip
import io.phonein.core.NoteAction
import io.phonein.core.OpensBy
import io.phonein.core.PathFault
import io.phonein.core.Refusal
import io.phonein.core.Sign
import io.phonein.core.Tap
import io.phonein.core.TapLook
import io.phonein.core.TapState
import io.phonein.core.Told
import io.phonein.core.Via
import io.phonein.core.Way

/** Each state of a button, in the core's words. */
object Taps {
    val idle = tap(TapState.Idle, TapLook.IDLE, Sign.ENTRANCE, "Press to activate key")
    val searching = tap(TapState.Searching, TapLook.WORKING, Sign.ENTRANCE, "Searching…")
    val connecting = tap(TapState.Connecting, TapLook.WORKING, Sign.ENTRANCE, "Connecting…")
    val asking = tap(TapState.Asking, TapLook.WORKING, Sign.ENTRANCE, "Asking the intercom…")
    val open = tap(TapState.Opened(5, 5, Via.BLUETOOTH), TapLook.OPEN, Sign.ENTRANCE_OPEN, "Key active", "5 seconds left", "Entrance open, 5 seconds")
    val refused =
        tap(
            TapState.Refused(Refusal.NotYet(null), null),
            TapLook.REFUSED,
            Sign.CLOCK,
            "Not open yet",
            "Opens at 14:00, in 12 minutes",
        )
    val usedUp =
        tap(
            TapState.Refused(Refusal.UsedUp, null),
            TapLook.REFUSED,
            Sign.CROSS,
            "This key is used up",
            "Ask who gave you the key for more uses",
        )
    val unreachable =
        tap(
            TapState.Unreachable(
                listOf(
                    FailedPath(
                        Via.BLUETOOTH,
                        PathFault.BluetoothOff,
                        told("Bluetooth is off", "Turn on Bluetooth"),
                        Way.BLUETOOTH_SETTINGS,
                        "Turn on Bluetooth",
                    ),
                ),
            ),
            TapLook.UNREACHABLE,
            Sign.NO_SIGNAL,
            "Not reached",
            "Nothing was sent: the door stays shut",
        )
    val noAnswer = tap(TapState.NoAnswer, TapLook.UNSURE, Sign.QUESTION, "No answer", "It may have opened, it will not any more")
    val all = listOf(idle, searching, connecting, asking, open, refused, usedUp, unreachable, noAnswer)

    private fun tap(
        state: TapState,
        look: TapLook,
        sign: Sign,
        title: String,
        detail: String = "",
        spoken: String = if (detail.isEmpty()) title else "$title. $detail.",
    ) = Tap(Door.ENTRANCE, state, look, sign, thirds(state), if (look == TapLook.WORKING) 300 else 0, title, detail, spoken)

    private fun thirds(state: TapState) = listOf(TapState.Searching, TapState.Connecting, TapState.Asking).indexOf(state) + 1

    private fun told(
        title: String,
        detail: String,
    ) = Told(title, detail, "$title. $detail.")
}

/** A resident's place with both doors. */
fun residents(
    entrance: Tap = Taps.idle,
    inner: Tap = Taps.idle,
    notes: List<HomeNote> = emptyList(),
    id: String = "1",
    name: String = "Home",
) = IntercomHome(
    Intercom(id, name, true, "4F2A 91C7 0B3E D8A5"),
    OpensBy.Manager,
    listOf(
        DoorButton(Door.ENTRANCE, "Entrance", null, null, entrance),
        DoorButton(Door.INNER, "Inner door", null, null, inner(inner)),
    ),
    askFirst = false,
    makesKeys = true,
    takesLinks = false,
    notes,
)

/** At rest it needs no words. */
private fun inner(tap: Tap) =
    when (tap) {
        Taps.idle -> tap.copy(door = Door.INNER, sign = Sign.INNER_DOOR, title = "")
        Taps.open -> tap.copy(door = Door.INNER, sign = Sign.INNER_DOOR_OPEN)
        else -> tap.copy(door = Door.INNER)
    }

/** A guest's, with one key to the entrance. */
fun guests(entrance: Tap = Taps.idle) =
    IntercomHome(
        Intercom("1", "Home", false, "4F2A 91C7 0B3E D8A5"),
        OpensBy.Key(KeyChip("7", "Cleaner", KeyCategory.SERVICES)),
        listOf(DoorButton(Door.ENTRANCE, "Entrance", "7", if (entrance == Taps.idle) "Cleaner" else null, entrance)),
        askFirst = false,
        makesKeys = false,
        takesLinks = true,
        emptyList(),
    )

val waiting =
    HomeNote(
        "2 changes wait for the intercom",
        "Will be delivered when you are near the door or on its network",
        NoteAction.None,
        actionWords = null,
        dismissal = null,
    )
val lost =
    HomeNote(
        "Béla is no manager any more, though added before. Add them again?",
        "",
        NoteAction.Managers,
        actionWords = "Managers",
        dismissal = "3",
    )

/** A wallet that was damaged. */
val setAside =
    HomeNote(
        "The wallet was damaged and was set aside as wallet.damaged-1.db",
        "Nothing was deleted. Add your intercoms again, or ask for your keys again",
        NoteAction.None,
        actionWords = null,
        dismissal = "set-aside",
    )

val noActions = HomeActions({ _, _ -> }, { _, _ -> }, {}, {}, {}, { _, _ -> }, {}, {}, {})
