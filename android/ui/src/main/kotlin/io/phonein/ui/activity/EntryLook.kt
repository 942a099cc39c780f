package io.phonein.ui.activity

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityKind
import io.phonein.core.Door
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

internal val ActivityEntry.icon: ImageVector
    get() =
        when (kind) {
            ActivityKind.OPENED -> if (door == Door.INNER) Icons.InnerDoorOpen else Icons.EntranceOpen
            ActivityKind.REFUSED -> Icons.Refused
            ActivityKind.ACCEPTED -> Icons.Phone
            ActivityKind.CHANGED -> Icons.Edit
            ActivityKind.PAIRED -> Icons.People
            ActivityKind.DEVICE -> Icons.Intercom
            ActivityKind.INTERRUPTED, ActivityKind.UNKNOWN -> Icons.Question
            ActivityKind.FAULT -> Icons.Alert
            ActivityKind.UNANSWERED -> Icons.Unreachable
        }

/** The tile, and what is drawn on it. */
@Composable
internal fun ActivityEntry.colors(): Pair<Color, Color> =
    with(Theme.meanings) {
        when (kind) {
            ActivityKind.OPENED -> active to onActive
            ActivityKind.REFUSED, ActivityKind.FAULT -> refused to onRefused
            ActivityKind.ACCEPTED, ActivityKind.CHANGED, ActivityKind.PAIRED -> working to onWorking
            ActivityKind.DEVICE, ActivityKind.INTERRUPTED, ActivityKind.UNANSWERED, ActivityKind.UNKNOWN -> used to onUsed
        }
    }
