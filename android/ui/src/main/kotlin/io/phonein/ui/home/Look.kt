package io.phonein.ui.home

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import io.phonein.core.Door
import io.phonein.core.Refusal
import io.phonein.core.Settled
import io.phonein.core.TapState
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

/** What a door's button looks like. Filled is the intercom's own word, hollow is silence. */
enum class Look { IDLE, WORKING, OPEN, REFUSED, UNREACHABLE, UNSURE }

internal val TapState.look: Look
    get() =
        when (this) {
            TapState.Idle, TapState.Cancelled -> Look.IDLE
            TapState.Searching, TapState.Connecting, TapState.Asking -> Look.WORKING
            is TapState.Opened -> if (seconds > 0) Look.OPEN else Look.IDLE
            is TapState.Refused -> Look.REFUSED
            is TapState.Unreachable -> Look.UNREACHABLE
            TapState.NoAnswer, TapState.Stranger -> Look.UNSURE
            is TapState.Settled -> how.look
        }

private val Settled.look: Look
    get() =
        when (this) {
            Settled.Opened -> Look.IDLE
            is Settled.Refused -> Look.REFUSED
            Settled.Interrupted -> Look.UNSURE
            Settled.NeverArrived -> Look.UNREACHABLE
        }

/** How many thirds of the ring are filled. */
internal val TapState.thirds: Int
    get() =
        when (this) {
            TapState.Searching -> 1
            TapState.Connecting -> 2
            TapState.Asking -> 3
            else -> 0
        }

internal fun icon(
    door: Door,
    state: TapState,
): ImageVector =
    when (state.look) {
        Look.IDLE, Look.WORKING -> if (door == Door.ENTRANCE) Icons.Entrance else Icons.InnerDoor
        Look.OPEN -> if (door == Door.ENTRANCE) Icons.EntranceOpen else Icons.InnerDoorOpen
        Look.REFUSED -> icon((state as? TapState.Refused)?.refusal)
        Look.UNREACHABLE -> Icons.Unreachable
        Look.UNSURE -> Icons.Question
    }

private fun icon(refusal: Refusal?): ImageVector =
    when (refusal) {
        is Refusal.NotYet, is Refusal.OutsideHours, Refusal.Expired, Refusal.TimeUnknown -> Icons.Clock
        Refusal.UsedUp -> Icons.Check
        Refusal.Deleted -> Icons.Delete
        Refusal.Taken, Refusal.LinkTaken -> Icons.Phone
        else -> Icons.Refused
    }

/** The disc, and what is drawn on it. */
@Composable
internal fun discColors(look: Look): Pair<Color, Color> =
    with(Theme.meanings) {
        when (look) {
            Look.IDLE, Look.WORKING -> disc to onDisc
            Look.OPEN -> discOpen to onDiscOpen
            Look.REFUSED -> discRefused to onDiscRefused
            Look.UNREACHABLE -> Color.Transparent to hollow
            Look.UNSURE -> Color.Transparent to unsure
        }
    }
