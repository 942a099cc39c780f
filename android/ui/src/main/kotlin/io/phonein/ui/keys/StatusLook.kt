package io.phonein.ui.keys

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyStatus
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.MeaningColors
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** What the colour of a key's status means. */
internal enum class Meaning(
    val text: (MeaningColors) -> Color,
    val container: (MeaningColors) -> Color,
    val onContainer: (MeaningColors) -> Color,
) {
    ACTIVE(MeaningColors::activeText, MeaningColors::active, MeaningColors::onActive),
    WORKING(MeaningColors::workingText, MeaningColors::working, MeaningColors::onWorking),
    REFUSED(MeaningColors::refusedText, MeaningColors::refused, MeaningColors::onRefused),
    UPCOMING(MeaningColors::upcomingText, MeaningColors::upcoming, MeaningColors::onUpcoming),
    USED(MeaningColors::usedText, MeaningColors::used, MeaningColors::onUsed),
}

/** The icon and the colour of a status. */
internal val KeyStatus.look: Pair<ImageVector, Meaning>
    get() =
        when (this) {
            KeyStatus.Active -> Icons.Key to Meaning.ACTIVE
            is KeyStatus.Held -> Icons.Phone to Meaning.ACTIVE
            is KeyStatus.Upcoming, is KeyStatus.Outside -> Icons.Clock to Meaning.UPCOMING
            KeyStatus.Shared -> Icons.Share to Meaning.WORKING
            KeyStatus.Waiting -> Icons.Repeat to Meaning.WORKING
            KeyStatus.DeletedWaiting -> Icons.Delete to Meaning.WORKING
            KeyStatus.Used -> Icons.Check to Meaning.USED
            KeyStatus.Expired -> Icons.Close to Meaning.USED
            KeyStatus.Overtaken, KeyStatus.ShareAgain, KeyStatus.Taken -> Icons.Alert to Meaning.REFUSED
        }

/** One line with its icon. */
@Composable
internal fun StatusLine(
    status: KeyStatus,
    words: String,
    modifier: Modifier = Modifier,
) {
    val (icon, meaning) = status.look
    val color = meaning.text(Theme.meanings)
    Row(modifier, Arrangement.spacedBy(6.dp)) {
        Icon(icon, contentDescription = null, Modifier.padding(top = 1.dp).size(18.dp), color)
        Text(words, color = color, style = Theme.type.label)
    }
}

/** The same on a page of its own. */
@Composable
internal fun StatusBadge(
    status: KeyStatus,
    words: String,
) {
    val (icon, meaning) = status.look
    Badge(icon, words, meaning)
}

/** The intercom has the key as it is here. */
@Composable
internal fun DeliveredBadge(words: String) = Badge(Icons.Check, words, Meaning.ACTIVE)

@Composable
private fun Badge(
    icon: ImageVector,
    words: String,
    meaning: Meaning,
) {
    val color = meaning.onContainer(Theme.meanings)
    Row(
        Modifier.background(meaning.container(Theme.meanings), Corner.badge).padding(10.dp, 6.dp),
        Arrangement.spacedBy(Space.s),
        Alignment.CenterVertically,
    ) {
        Icon(icon, contentDescription = null, Modifier.size(18.dp), color)
        Text(words, color = color, style = Theme.type.label)
    }
}
