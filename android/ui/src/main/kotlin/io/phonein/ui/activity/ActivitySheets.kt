package io.phonein.ui.activity

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.core.ActivityEntry
import io.phonein.core.ExportFormat
import io.phonein.core.Fact
import io.phonein.core.Label
import io.phonein.core.Told
import io.phonein.ui.parts.BottomSheet
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** All that is known of an entry. */
@Composable
internal fun EntrySheet(
    entry: ActivityEntry,
    trouble: Told?,
    actions: ActivityActions,
) = BottomSheet({ actions.onOpen(null) }) {
    Row(Modifier.semantics(mergeDescendants = true) { heading() }, Arrangement.spacedBy(Space.l), Alignment.CenterVertically) {
        // Large words need the room.
        if (!isTextLarge()) EntryTile(entry)
        Text(entry.title, style = Theme.type.title)
    }
    if (entry.reason.isNotEmpty()) Text(entry.reason, style = Theme.type.sentence)
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        for (fact in entry.facts) FactLine(fact)
    }
    if (trouble != null) Trouble(trouble)
    if (entry.mayGiveBack) TonalButton(text(Label.GIVE_BACK), { actions.onGiveBack(entry.id) }, Modifier.fillMaxWidth(), Icons.Repeat)
    entry.key?.let { key -> QuietButton(text(Label.DETAILS), { actions.onKey(key) }) }
}

@Composable
private fun FactLine(fact: Fact) =
    Row(Modifier.semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.l)) {
        Icon(fact.sign.icon, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
        Column(Modifier.weight(1f)) {
            Text(fact.words, style = Theme.type.body)
            if (fact.more.isNotEmpty()) Text(fact.more, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        }
    }

/** As what to export. */
@Composable
internal fun ExportSheet(
    trouble: Told?,
    actions: ActivityActions,
) = BottomSheet({ actions.onAskFormat(false) }) {
    Text(text(Label.EXPORT), Modifier.semantics { heading() }, style = Theme.type.title)
    if (trouble != null) Trouble(trouble)
    Column {
        for (format in ExportFormat.entries) {
            Row(
                Modifier.fillMaxWidth().clickable(role = Role.Button) { actions.onExport(format) }.heightIn(min = 56.dp),
                Arrangement.spacedBy(Space.l),
                Alignment.CenterVertically,
            ) {
                Icon(Icons.Share, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
                val label = if (format == ExportFormat.CSV) Label.EXPORT_CSV else Label.EXPORT_JSON
                Text(text(label), style = Theme.type.body)
            }
        }
    }
}

@Composable
private fun Trouble(trouble: Told) =
    Notice(trouble.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, trouble.detail)
