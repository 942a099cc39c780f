package io.phonein.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import io.phonein.core.Meaning
import io.phonein.core.Sign
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

/** The picture of a sign. */
val Sign.icon: ImageVector
    get() =
        when (this) {
            Sign.ENTRANCE -> Icons.Entrance
            Sign.ENTRANCE_OPEN -> Icons.EntranceOpen
            Sign.INNER_DOOR -> Icons.InnerDoor
            Sign.INNER_DOOR_OPEN -> Icons.InnerDoorOpen
            Sign.KEY -> Icons.Key
            Sign.INTERCOM -> Icons.Intercom
            Sign.PHONE -> Icons.Phone
            Sign.PEOPLE -> Icons.People
            Sign.CLOCK -> Icons.Clock
            Sign.CHECK -> Icons.Check
            Sign.CROSS -> Icons.Close
            Sign.ARROWS -> Icons.Repeat
            Sign.BIN -> Icons.Delete
            Sign.MESSAGE -> Icons.Message
            Sign.SHARE -> Icons.Share
            Sign.PENCIL -> Icons.Edit
            Sign.GLASS -> Icons.Search
            Sign.BAR -> Icons.Refused
            Sign.NO_SIGNAL -> Icons.Unreachable
            Sign.QUESTION -> Icons.Question
            Sign.ALERT -> Icons.Alert
        }

/** The colours of a meaning: alone on the page, and of what stands on a ground of its own. */
class MeaningLook(
    val text: Color,
    val container: Color,
    val onContainer: Color,
)

val Meaning.look: MeaningLook
    @Composable
    @ReadOnlyComposable
    get() =
        with(Theme.meanings) {
            when (this@look) {
                Meaning.ACTIVE -> MeaningLook(activeText, active, onActive)
                Meaning.WORKING -> MeaningLook(workingText, working, onWorking)
                Meaning.REFUSED -> MeaningLook(refusedText, refused, onRefused)
                Meaning.UPCOMING -> MeaningLook(upcomingText, upcoming, onUpcoming)
                Meaning.USED -> MeaningLook(usedText, used, onUsed)
            }
        }
