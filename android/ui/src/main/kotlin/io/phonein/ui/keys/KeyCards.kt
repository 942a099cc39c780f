package io.phonein.ui.keys

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyDetails
import io.phonein.core.Overtaken
import io.phonein.ui.parts.RuleCard
import io.phonein.ui.parts.icon
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** The rule, who has the key, how often it was used, and its message. */
@Composable
internal fun KeyCard(key: KeyDetails) = RuleCard(key.sentence, lines = key.facts.map { it.sign.icon to it.words })

/** Both versions of a key that another manager changed too. */
@Composable
internal fun OvertakenCard(overtaken: Overtaken) {
    val color = Theme.meanings.onRefused
    Row(
        Modifier.fillMaxWidth().background(Theme.meanings.refused, Corner.card).padding(20.dp, Space.l),
        Arrangement.spacedBy(Space.l),
    ) {
        Icon(Icons.Alert, contentDescription = null, Modifier.size(24.dp), color)
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.m)) {
            Text(overtaken.told.title, color = color, style = Theme.type.bodyStrong)
            overtaken.theirsWords?.let { Text(it, color = color, style = Theme.type.body) }
            Text(overtaken.mineWords, color = color, style = Theme.type.body)
            Text(overtaken.told.detail, color = color, style = Theme.type.support)
        }
    }
}
