package io.phonein.ui.activity

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityShow
import io.phonein.core.EmptyList
import io.phonein.core.ExportFormat
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.home.TabContent
import io.phonein.ui.parts.Chip
import io.phonein.ui.parts.Empty
import io.phonein.ui.parts.NamedIconButton
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Tile
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.parts.look
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Recent activity of an intercom over its view model. */
@Composable
fun ActivityTab(
    content: TabContent,
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { ActivityModel(phonein) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val shell = LocalShell.current
    LaunchedEffect(model, content.intercom) { model.follow(content.intercom) }
    val actions =
        ActivityActions(
            onShow = model::show,
            onMore = model::more,
            onOpen = model::open,
            onGiveBack = model::giveBack,
            onKey = { key ->
                model.open(null)
                navigation.open(Route.Key(key))
            },
            onAskFormat = model::askFormat,
            onExport = { model.export(it, shell::keep) },
        )
    ActivityList(content, state, actions)
}

/** What can be done in Recent activity. */
class ActivityActions(
    val onShow: (ActivityShow) -> Unit,
    val onMore: () -> Unit,
    val onOpen: (String?) -> Unit,
    val onGiveBack: (String) -> Unit,
    val onKey: (String) -> Unit,
    val onAskFormat: (Boolean) -> Unit,
    val onExport: (ExportFormat) -> Unit,
)

/** Recent activity of an intercom, drawn. */
@Composable
fun ActivityList(
    content: TabContent,
    state: ActivityState,
    actions: ActivityActions,
) {
    val entries = state.entries
    LazyColumn(Modifier.fillMaxSize(), contentPadding = content.padding) {
        content.notes(this)
        if (state.trouble != null && state.opened == null && !state.asksFormat) {
            item { Notice(state.trouble.title, Modifier.padding(Space.l, Space.s), state.trouble.detail) }
        }
        when {
            entries == null -> if (state.trouble == null) item { Waiting() }
            else -> {
                if (state.choices.isNotEmpty()) item("filter") { Filter(state, actions) }
                if (entries.isEmpty()) nothing(state.empty)
                days(entries, actions.onOpen)
                if (state.hasMore) {
                    item("more") {
                        LaunchedEffect(entries.size) { actions.onMore() }
                        Waiting()
                    }
                }
            }
        }
    }
    entries?.find { it.id == state.opened }?.let { EntrySheet(it, state.trouble, actions) }
    if (state.asksFormat) ExportSheet(state.trouble, actions)
}

/** Each entry, the first of a day under its heading. */
private fun LazyListScope.days(
    entries: List<ActivityEntry>,
    onOpen: (String) -> Unit,
) = entries.forEachIndexed { index, entry ->
    if (index == 0 || entries[index - 1].day != entry.day) {
        item("day of ${entry.id}") {
            Text(
                entry.day,
                Modifier.padding(Space.l, Space.m, Space.l, Space.xs).semantics { heading() },
                Theme.colors.onSurfaceVariant,
                style = Theme.type.label,
            )
        }
    }
    item(entry.id) { Entry(entry) { onOpen(entry.id) } }
}

@Composable
private fun Waiting() = Box(Modifier.fillMaxWidth().padding(Space.xl), Alignment.Center) { CircularProgressIndicator() }

private fun LazyListScope.nothing(empty: EmptyList?) {
    if (empty != null) item("nothing") { Empty(empty.sign.icon, empty.title, empty.detail) }
}

@Composable
private fun Filter(
    state: ActivityState,
    actions: ActivityActions,
) = Row(Modifier.padding(start = Space.l, top = Space.s, end = Space.xs)) {
    FlowRow(Modifier.weight(1f), Arrangement.spacedBy(Space.s)) {
        for ((show, words) in state.choices) {
            Chip(words, isChosen = show == state.show) { actions.onShow(show) }
        }
    }
    NamedIconButton(Icons.Share, text(Label.EXPORT), { actions.onAskFormat(true) })
}

@Composable
private fun Entry(
    entry: ActivityEntry,
    onOpen: () -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .clickable(role = Role.Button, onClick = onOpen)
        .heightIn(min = 72.dp)
        .padding(Space.l, Space.m),
    Arrangement.spacedBy(Space.l),
    // Beside many lines the tile stays at the top.
    if (isTextLarge()) Alignment.Top else Alignment.CenterVertically,
) {
    EntryTile(entry)
    Column(Modifier.weight(1f)) {
        Text(entry.title, style = Theme.type.bodyStrong)
        for (line in listOf(entry.line, entry.reason)) {
            if (line.isNotEmpty()) Text(line, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        }
        if (isTextLarge()) Time(entry.time)
    }
    if (!isTextLarge()) Time(entry.time)
}

/** What happened, as a sign on its colour. */
@Composable
internal fun EntryTile(entry: ActivityEntry) =
    with(entry.meaning.look) { Tile(entry.sign.icon, container = container, content = onContainer) }

@Composable
private fun Time(time: String) = Text(time, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
