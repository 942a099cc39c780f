package io.phonein.ui.created

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import io.phonein.core.Label
import io.phonein.core.MoreUses
import io.phonein.core.ShareWay
import io.phonein.ui.newkey.Choice
import io.phonein.ui.newkey.Choices
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Tile
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** For whom a key is that somebody has, or whose link is not this phone's. */
@Composable
internal fun ShareAgain(
    again: Again,
    actions: CreatedActions,
) = Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
    again.told?.let { Notice(it.title, Modifier.padding(bottom = Space.m), it.detail) }
    for (way in again.ways) {
        when (way) {
            ShareWay.SOMEONE_ELSE -> Way(Icons.Plus, Label.FOR_SOMEONE_ELSE, Label.FOR_SOMEONE_ELSE_HELP, actions.onForOthers)
            ShareWay.NEW_PHONE -> Way(Icons.Phone, Label.NEW_PHONE, Label.NEW_PHONE_HELP, actions.onNewPhone)
        }
    }
}

@Composable
private fun Way(
    icon: ImageVector,
    title: Label,
    help: Label,
    onClick: () -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .clip(Corner.card)
        .clickable(role = Role.Button, onClick = onClick)
        .heightIn(min = 72.dp)
        .padding(Space.s),
    Arrangement.spacedBy(Space.l),
    Alignment.CenterVertically,
) {
    Tile(icon, container = Theme.colors.primaryContainer, content = Theme.colors.onPrimaryContainer)
    Column(Modifier.weight(1f)) {
        Text(text(title), style = Theme.type.bodyStrong)
        Text(text(help), color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
    }
    Icon(Icons.Forward, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
}

/** How many more uses a used-up key shall have. */
@Composable
internal fun MoreUses(
    more: MoreUses,
    actions: CreatedActions,
) = Choices(more.question, actions.onNoUses) {
    items(more.choices) { Choice(it.words, isChosen = false, { actions.onMoreUses(it.uses) }) }
}
