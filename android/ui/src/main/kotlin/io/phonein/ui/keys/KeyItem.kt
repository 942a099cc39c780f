package io.phonein.ui.keys

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MenuDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyOffer
import io.phonein.core.KeyRow
import io.phonein.core.Label
import io.phonein.ui.parts.NamedIconButton
import io.phonein.ui.parts.Tile
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** A key in the list: a tap opens the door with it, or shows its page while it opens nothing. */
@Composable
internal fun KeyItem(
    row: KeyRow,
    actions: KeysActions,
) {
    // Large words need the height: what stands beside them stays at the top.
    val align = if (isTextLarge()) Alignment.Top else Alignment.CenterVertically
    Row(Modifier.fillMaxWidth().padding(end = Space.xs), verticalAlignment = align) {
        Row(
            Modifier
                .weight(1f)
                .clickable(
                    onClickLabel = text(if (row.opens != null) Label.OPEN_DOOR else Label.DETAILS),
                    role = Role.Button,
                ) { if (row.opens != null) actions.onOpen(row) else actions.onDetails(row) }
                .heightIn(min = 72.dp)
                .padding(start = Space.l, top = Space.m, bottom = Space.m),
            Arrangement.spacedBy(Space.l),
            align,
        ) {
            Tile(row.category.icon)
            Column(Modifier.weight(1f)) {
                Text(row.name, style = Theme.type.bodyStrong)
                if (row.categoryWords.isNotEmpty()) {
                    Text(row.categoryWords, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
                }
                StatusLine(row)
            }
        }
        Menu(row, actions, Modifier.padding(top = if (isTextLarge()) Space.m else 0.dp))
    }
}

@Composable
private fun Menu(
    row: KeyRow,
    actions: KeysActions,
    modifier: Modifier,
) = Box(modifier) {
    var isOpen by remember { mutableStateOf(false) }
    val close = { action: (KeyRow) -> Unit ->
        {
            isOpen = false
            action(row)
        }
    }
    CompositionLocalProvider(LocalContentColor provides Theme.colors.onSurfaceVariant) {
        NamedIconButton(Icons.Gear, row.menuWords, { isOpen = true })
    }
    DropdownMenu(
        isOpen,
        { isOpen = false },
        shape = Corner.card,
        containerColor = Theme.colors.surfaceContainerHigh,
    ) {
        MenuItem(Label.DETAILS, Icons.Key, close(actions.onDetails))
        for (offer in row.offers) {
            when (offer) {
                KeyOffer.EDIT -> MenuItem(Label.EDIT, Icons.Edit, close(actions.onEdit))
                KeyOffer.SHARE -> MenuItem(Label.SHARE, Icons.Share, close(actions.onShare))
                KeyOffer.DELETE -> MenuItem(Label.DELETE, Icons.Delete, close(actions.onDelete), Theme.colors.error)
                KeyOffer.REMOVE -> MenuItem(Label.REMOVE_FROM_PHONE, Icons.Delete, close(actions.onDelete), Theme.colors.error)
            }
        }
    }
}

@Composable
private fun MenuItem(
    label: Label,
    icon: ImageVector,
    onClick: () -> Unit,
    color: Color = Theme.colors.onSurface,
) = DropdownMenuItem(
    { Text(text(label), style = Theme.type.body) },
    onClick,
    Modifier.heightIn(min = 52.dp),
    leadingIcon = { Icon(icon, contentDescription = null, Modifier.size(24.dp)) },
    colors = MenuDefaults.itemColors(textColor = color, leadingIconColor = color),
)
