package io.phonein.ui.newkey

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.selectable
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.Text
import androidx.compose.material3.rememberModalBottomSheetState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.ui.OnBack
import io.phonein.ui.parts.Tile
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/**
 * A sheet over the page, from which one thing is chosen.
 *
 * @param first the row it begins with.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun Choices(
    title: String,
    onClose: () -> Unit,
    first: Int = 0,
    rows: LazyListScope.() -> Unit,
) {
    OnBack(isEnabled = true, onClose)
    ModalBottomSheet(
        onClose,
        sheetState = rememberModalBottomSheetState(skipPartiallyExpanded = true),
        shape = Corner.sheet,
        containerColor = Theme.colors.surfaceContainerLow,
        scrimColor = Theme.colors.scrim.copy(alpha = 0.4f),
    ) {
        Text(title, Modifier.padding(Space.xl, Space.xs, Space.xl, Space.m).semantics { heading() }, style = Theme.type.title)
        LazyColumn(state = rememberLazyListState(first), contentPadding = PaddingValues(bottom = Space.xl), content = rows)
    }
}

/** One of the things to choose from. */
@Composable
internal fun Choice(
    words: String,
    isChosen: Boolean,
    onClick: () -> Unit,
    icon: ImageVector? = null,
) = Row(
    Modifier
        .fillMaxWidth()
        .background(if (isChosen) Theme.colors.surfaceContainer else Color.Transparent)
        .selectable(isChosen, role = Role.RadioButton, onClick = onClick)
        .heightIn(min = 64.dp)
        .padding(Space.xl, Space.s),
    Arrangement.spacedBy(Space.l),
    Alignment.CenterVertically,
) {
    if (icon != null) {
        if (isChosen) Tile(icon, container = Theme.colors.primaryContainer, content = Theme.colors.onPrimaryContainer) else Tile(icon)
    }
    Text(words, Modifier.weight(1f), style = if (isChosen) Theme.type.bodyStrong else Theme.type.body)
    if (isChosen) Icon(Icons.Check, contentDescription = null, Modifier.size(24.dp))
}
