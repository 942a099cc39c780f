package io.phonein.ui.home

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import io.phonein.core.Door
import io.phonein.core.TapIcon
import io.phonein.core.TapLook
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

/** What is drawn on a door's button. */
internal fun icon(
    door: Door,
    icon: TapIcon,
): ImageVector =
    when (icon) {
        TapIcon.DOOR -> if (door == Door.ENTRANCE) Icons.Entrance else Icons.InnerDoor
        TapIcon.OPEN_DOOR -> if (door == Door.ENTRANCE) Icons.EntranceOpen else Icons.InnerDoorOpen
        TapIcon.CLOCK -> Icons.Clock
        TapIcon.CHECK -> Icons.Check
        TapIcon.BIN -> Icons.Delete
        TapIcon.PHONE -> Icons.Phone
        TapIcon.BAR -> Icons.Refused
        TapIcon.NO_SIGNAL -> Icons.Unreachable
        TapIcon.QUESTION -> Icons.Question
    }

/** The disc, and what is drawn on it. */
@Composable
internal fun discColors(look: TapLook): Pair<Color, Color> =
    with(Theme.meanings) {
        when (look) {
            TapLook.IDLE, TapLook.WORKING -> disc to onDisc
            TapLook.OPEN -> discOpen to onDiscOpen
            TapLook.REFUSED -> discRefused to onDiscRefused
            TapLook.UNREACHABLE -> Color.Transparent to hollow
            TapLook.UNSURE -> Color.Transparent to unsure
        }
    }
