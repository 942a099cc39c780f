package io.phonein.ui.created

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
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Where a key stands. */
@Composable
internal fun StatusBadge(
    status: KeyStatus,
    words: String,
) {
    val meanings = Theme.meanings
    val active = meanings.active to meanings.onActive
    val working = meanings.working to meanings.onWorking
    val refused = meanings.refused to meanings.onRefused
    val upcoming = meanings.upcoming to meanings.onUpcoming
    val used = meanings.used to meanings.onUsed
    val (icon, colors) =
        when (status) {
            KeyStatus.Active -> Icons.Key to active
            is KeyStatus.Held -> Icons.Phone to active
            is KeyStatus.Upcoming, is KeyStatus.Outside -> Icons.Clock to upcoming
            KeyStatus.Shared -> Icons.Share to working
            KeyStatus.Waiting -> Icons.Repeat to working
            KeyStatus.DeletedWaiting -> Icons.Delete to working
            KeyStatus.Used -> Icons.Check to used
            KeyStatus.Expired -> Icons.Close to used
            KeyStatus.Overtaken, KeyStatus.ShareAgain, KeyStatus.Taken -> Icons.Alert to refused
        }
    Badge(icon, words, colors.first, colors.second)
}

/** The intercom has the key as it is here. */
@Composable
internal fun DeliveredBadge(words: String) = Badge(Icons.Check, words, Theme.meanings.active, Theme.meanings.onActive)

@Composable
private fun Badge(
    icon: ImageVector,
    words: String,
    container: Color,
    content: Color,
) = Row(
    Modifier.background(container, Corner.badge).padding(start = Space.s, top = Space.xs, end = 10.dp, bottom = Space.xs),
    Arrangement.spacedBy(6.dp),
    Alignment.CenterVertically,
) {
    Icon(icon, contentDescription = null, Modifier.size(18.dp), content)
    Text(words, color = content, style = Theme.type.label)
}
