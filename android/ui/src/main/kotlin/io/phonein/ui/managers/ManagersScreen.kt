package io.phonein.ui.managers

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyRow
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.Line
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.settings.Group
import io.phonein.ui.settings.NotDone
import io.phonein.ui.settings.Question
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Managers over their view model. */
@Composable
fun ManagersRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Managers,
) {
    val model = entry.model { ManagersModel(phonein, route.intercom) }
    val state by model.state.collectAsState()
    val actions =
        ManagersActions(
            onPropose = model::propose,
            onAdd = model::add,
            onAskRemoval = model::askRemoval,
            onKeep = model::keep,
            onRemove = model::remove,
            onCloseRemoval = model::closeRemoval,
            onBack = LocalNavigation.current::back,
        )
    ManagersScreen(state, actions)
}

/** What can be done with managers. */
class ManagersActions(
    val onPropose: (KeyRow?) -> Unit,
    val onAdd: () -> Unit,
    val onAskRemoval: (String) -> Unit,
    val onKeep: (key: String, keeps: Boolean) -> Unit,
    val onRemove: () -> Unit,
    val onCloseRemoval: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun ManagersScreen(
    state: ManagersState,
    actions: ManagersActions,
) = Page(text(Label.MANAGERS), actions.onBack) {
    if (state.candidate == null && state.leaving == null) state.progress.wrong?.let { NotDone(it) }
    Group {
        state.managers.forEachIndexed { index, manager ->
            if (index > 0) Line()
            Person(Icons.People, manager.name) {
                if (!manager.isThisPhone) QuietButton(text(Label.REMOVE_MANAGER), { actions.onAskRemoval(manager.id) })
            }
        }
    }
    Text(text(Label.MAKE_MANAGER_HELP), color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
    if (state.candidates.isNotEmpty()) {
        Group {
            state.candidates.forEachIndexed { index, key ->
                if (index > 0) Line()
                Person(Icons.Key, key.name, key.statusWords) { QuietButton(text(Label.MAKE_MANAGER), { actions.onPropose(key) }) }
            }
        }
    }
    state.candidate?.let { Proposal(it, state, actions) }
    state.leaving?.let { RemovalSheet(it, state.progress, actions) }
}

/** Somebody, and under their name what can be done. */
@Composable
private fun Person(
    icon: ImageVector,
    name: String,
    detail: String = "",
    button: @Composable () -> Unit,
) = Row(
    Modifier.fillMaxWidth().heightIn(min = 72.dp).padding(Space.l, Space.m),
    Arrangement.spacedBy(Space.l),
    Alignment.CenterVertically,
) {
    Icon(icon, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
    Column(Modifier.weight(1f)) {
        Text(name, style = Theme.type.body)
        if (detail.isNotEmpty()) Text(detail, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        button()
    }
}

@Composable
private fun Proposal(
    key: KeyRow,
    state: ManagersState,
    actions: ManagersActions,
) = Question(
    key.statusWords,
    { actions.onPropose(null) },
    text(Label.MAKE_MANAGER),
    actions.onAdd,
    progress = state.progress,
) {
    Text(key.name, style = Theme.type.bodyStrong)
    Text(text(Label.MAKE_MANAGER_HELP), style = Theme.type.body)
}
