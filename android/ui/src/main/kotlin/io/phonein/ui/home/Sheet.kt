package io.phonein.ui.home

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.PrimaryScrollableTabRow
import androidx.compose.material3.PrimaryTabRow
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.em
import io.phonein.core.HomeNote
import io.phonein.core.Label
import io.phonein.core.NoteAction
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import androidx.compose.material3.Tab as MaterialTab

/**
 * What a list under the doors is given by Home.
 *
 * @param intercom whose list it is.
 * @param onExpand shows the doors, if they made room for the list.
 * @param notes stand above the list's own items and scroll with them.
 * @param padding keeps the last item clear of NEW KEY.
 * @param takesLinks whether *I was sent a key* ends the keys.
 */
class TabContent(
    val intercom: String,
    val onExpand: () -> Unit,
    val notes: LazyListScope.() -> Unit,
    val padding: PaddingValues,
    val takesLinks: Boolean = false,
)

@Composable
internal fun Sheet(
    tab: Tab,
    onTab: (Tab) -> Unit,
    modifier: Modifier = Modifier,
    content: @Composable () -> Unit,
) = Surface(modifier, color = Theme.colors.surface) {
    Column {
        val tabs: @Composable () -> Unit = {
            for (each in Tab.entries) {
                MaterialTab(
                    selected = each == tab,
                    onClick = { onTab(each) },
                    modifier = Modifier.heightIn(min = 56.dp),
                    unselectedContentColor = Theme.colors.onSurfaceVariant,
                ) {
                    Text(
                        text(if (each == Tab.ACTIVITY) Label.RECENT_ACTIVITY else Label.KEYS),
                        Modifier.padding(Space.l, Space.s),
                        maxLines = 1,
                        style = Theme.type.label.copy(fontWeight = if (each == tab) FontWeight.Bold else FontWeight.Medium, letterSpacing = 0.04.em),
                    )
                }
            }
        }
        // Large words would not fit beside each other: they scroll.
        if (isTextLarge()) {
            PrimaryScrollableTabRow(tab.ordinal, edgePadding = 0.dp, tabs = tabs)
        } else {
            PrimaryTabRow(tab.ordinal, tabs = tabs)
        }
        content()
    }
}

/** What should be known or answered. */
internal fun LazyListScope.notes(
    notes: List<HomeNote>,
    onNote: (NoteAction) -> Unit,
    onDismiss: (String) -> Unit,
) {
    for (note in notes) item { Note(note, onNote, onDismiss, Modifier.padding(Space.l, Space.s)) }
}

/** One of them. */
@Composable
internal fun Note(
    note: HomeNote,
    onNote: (NoteAction) -> Unit,
    onDismiss: (String) -> Unit,
    modifier: Modifier = Modifier,
) = Notice(note.title, modifier, note.detail) {
    FlowRow {
        note.actionWords?.let { QuietButton(it, { onNote(note.action) }) }
        note.dismissal?.let { QuietButton(text(Label.HIDE), { onDismiss(it) }) }
    }
}
