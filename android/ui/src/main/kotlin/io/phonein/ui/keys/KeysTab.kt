package io.phonein.ui.keys

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.Icon
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import io.phonein.core.EmptyList
import io.phonein.core.EmptyWhy
import io.phonein.core.KeyRow
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.home.HomeModel
import io.phonein.ui.home.TabContent
import io.phonein.ui.parts.Empty
import io.phonein.ui.parts.NamedIconButton
import io.phonein.ui.parts.OutlineButton
import io.phonein.ui.parts.icon
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** The keys of an intercom over their view model. */
@Composable
fun KeysTab(
    content: TabContent,
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { KeysModel(phonein) }
    val home = entry.model { HomeModel(phonein) }
    val deletion = entry.model { DeleteModel(phonein) }
    val state by model.state.collectAsState()
    val deleted by deletion.state.collectAsState()
    val navigation = LocalNavigation.current
    val shell = LocalShell.current
    LaunchedEffect(content.intercom) { model.show(content.intercom) }
    LaunchedEffect(deleted.said) {
        deleted.said?.let(home::say)
        deletion.saidShown()
    }
    val actions =
        KeysActions(
            onOpen = {
                // How the door stands shows up there.
                content.onExpand()
                it.opens?.let { door -> home.press(it.intercom, door, it.id, shell::isPresent) }
            },
            onDetails = { navigation.open(Route.Key(it.id)) },
            onEdit = { navigation.open(Route.EditKey(it.id)) },
            onShare = { navigation.open(Route.Share(it.id)) },
            onDelete = { deletion.ask(it.id) },
            onSearch = model::search,
            onSee = model::see,
            onSentKey = { navigation.open(Route.SentKey) },
        )
    KeysList(content, if (state.intercom == content.intercom) state else KeysState(), actions)
    deleted.question?.let { DeleteDialog(it, { deletion.delete(it) }, deletion::keep) }
}

/** What can be done in the list of keys. */
class KeysActions(
    val onOpen: (KeyRow) -> Unit,
    val onDetails: (KeyRow) -> Unit,
    val onEdit: (KeyRow) -> Unit,
    val onShare: (KeyRow) -> Unit,
    val onDelete: (KeyRow) -> Unit,
    val onSearch: (String) -> Unit,
    val onSee: (Int) -> Unit,
    val onSentKey: () -> Unit,
)

/** The keys of an intercom, drawn. */
@Composable
fun KeysList(
    content: TabContent,
    state: KeysState,
    actions: KeysActions,
) = key(state.intercom) {
    val list = rememberLazyListState()
    See(list, actions.onSee)
    LazyColumn(Modifier.fillMaxSize(), list, content.padding) {
        content.notes(this)
        val keys = state.keys
        if (state.isSearchable) item("search") { Search(state.search, actions.onSearch) }
        when {
            state.fault != null -> item { Empty(Icons.Alert, state.fault.title, state.fault.detail) }
            keys == null -> {}
            keys.isEmpty() -> state.empty?.let { item("nothing") { Nothing(it, actions) } }
            else -> {
                items(keys, { it.id }) { KeyItem(it, actions) }
                if (content.takesLinks) item("sent") { SentKey(actions, Modifier.fillMaxWidth().padding(Space.l)) }
            }
        }
    }
}

@Composable
private fun Nothing(
    empty: EmptyList,
    actions: KeysActions,
) = Empty(empty.sign.icon, empty.title, empty.detail) {
    if (empty.why == EmptyWhy.NONE_SENT) SentKey(actions, Modifier.padding(top = Space.m))
}

@Composable
private fun SentKey(
    actions: KeysActions,
    modifier: Modifier,
) = OutlineButton(text(Label.SENT_KEY), actions.onSentKey, modifier, Icons.Key)

/** Tells which row is the last on screen. */
@Composable
private fun See(
    list: LazyListState,
    onSee: (Int) -> Unit,
) {
    val latest by rememberUpdatedState(onSee)
    LaunchedEffect(list) {
        snapshotFlow { list.layoutInfo.run { visibleItemsInfo.lastOrNull()?.index to totalItemsCount } }
            .collect { (last, _) -> latest(last ?: 0) }
    }
}

@Composable
private fun Search(
    words: String,
    onSearch: (String) -> Unit,
) = OutlinedTextField(
    words,
    onSearch,
    Modifier.fillMaxWidth().padding(Space.l, Space.s),
    textStyle = Theme.type.body,
    label = { Text(text(Label.SEARCH_KEYS)) },
    leadingIcon = { Icon(Icons.Search, contentDescription = null) },
    trailingIcon =
        if (words.isEmpty()) null else ({ NamedIconButton(Icons.Close, text(Label.CLOSE), { onSearch("") }) }),
    singleLine = true,
    shape = Corner.field,
)
