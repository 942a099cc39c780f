package io.phonein.ui.managers

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import io.phonein.core.Label
import io.phonein.core.ManagerKey
import io.phonein.ui.parts.BottomSheet
import io.phonein.ui.parts.Chip
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.settings.NotDone
import io.phonein.ui.settings.Progress
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** A manager is removed: what becomes of each of their keys. */
@Composable
internal fun RemovalSheet(
    leaving: Leaving,
    progress: Progress,
    actions: ManagersActions,
) = BottomSheet(actions.onCloseRemoval) {
    val (title, detail) = leaving.removal.question
    Text(title, Modifier.semantics { heading() }, style = Theme.type.title)
    if (detail.isNotEmpty()) Text(detail, style = Theme.type.body)
    for (key in leaving.removal.keys) Choice(key, key.id in leaving.deleted, actions.onKeep)
    if (progress.isWorking) LinearProgressIndicator(Modifier.fillMaxWidth())
    progress.wrong?.let { NotDone(it) }
    TonalButton(text(Label.REMOVE_BUTTON), actions.onRemove, Modifier.fillMaxWidth(), Icons.Delete)
    TonalButton(text(Label.CANCEL), actions.onCloseRemoval, Modifier.fillMaxWidth())
}

@Composable
private fun Choice(
    key: ManagerKey,
    isDeleted: Boolean,
    onKeep: (String, Boolean) -> Unit,
) = Column(Modifier.fillMaxWidth()) {
    Text(key.name, style = Theme.type.bodyStrong)
    Text(key.statusWords, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
        for ((label, keeps) in listOf(Label.KEEP to true, Label.DELETE_BUTTON to false)) {
            Chip(text(label), isChosen = keeps != isDeleted) { onKeep(key.id, keeps) }
        }
    }
}
