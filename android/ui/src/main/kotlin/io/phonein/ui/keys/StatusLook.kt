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
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyRow
import io.phonein.core.Meaning
import io.phonein.core.Sign
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.look
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** One line with its icon. */
@Composable
internal fun StatusLine(row: KeyRow) =
    Row(horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        val color = row.meaning.look.text
        Icon(row.sign.icon, contentDescription = null, Modifier.padding(top = 1.dp).size(18.dp), color)
        Text(row.statusWords, color = color, style = Theme.type.label)
    }

/** The same on a page of its own. */
@Composable
internal fun StatusBadge(row: KeyRow) = Badge(row.sign, row.statusWords, row.meaning)

/** The intercom has the key as it is here. */
@Composable
internal fun DeliveredBadge(words: String) = Badge(Sign.CHECK, words, Meaning.ACTIVE)

@Composable
private fun Badge(
    sign: Sign,
    words: String,
    meaning: Meaning,
) {
    val color = meaning.look.onContainer
    Row(
        Modifier.background(meaning.look.container, Corner.badge).padding(10.dp, 6.dp),
        Arrangement.spacedBy(Space.s),
        Alignment.CenterVertically,
    ) {
        Icon(sign.icon, contentDescription = null, Modifier.size(18.dp), color)
        Text(words, color = color, style = Theme.type.label)
    }
}
