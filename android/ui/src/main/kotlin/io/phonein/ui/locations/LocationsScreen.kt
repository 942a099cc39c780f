package io.phonein.ui.locations

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
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
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import io.phonein.core.Intercom
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.OutlineButton
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.Tile
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** My Locations over their view model. */
@Composable
fun LocationsRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { LocationsModel(phonein) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val actions =
        LocationsActions(
            onChoose = navigation::home,
            onAdd = { navigation.open(Route.AddDevice) },
            onSentKey = { navigation.open(Route.SentKey) },
            onBack = navigation::back,
        )
    LocationsScreen(state, actions)
}

/** What can be done in My Locations. */
class LocationsActions(
    val onChoose: (String) -> Unit,
    val onAdd: () -> Unit,
    val onSentKey: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun LocationsScreen(
    state: LocationsState,
    actions: LocationsActions,
) = Page(
    text(Label.LOCATIONS),
    actions.onBack,
    dock = {
        AccessButton(text(Label.ADD_NEW_DEVICE), actions.onAdd, Modifier.fillMaxWidth(), Icons.Plus)
        Spacer(Modifier.height(Space.m))
        OutlineButton(text(Label.SENT_KEY), actions.onSentKey, Modifier.fillMaxWidth(), Icons.Key)
    },
) {
    state.trouble?.let { Notice(it.title, detail = it.detail) }
    for (intercom in state.intercoms) Card(intercom) { actions.onChoose(intercom.id) }
}

@Composable
private fun Card(
    intercom: Intercom,
    onChoose: () -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .clip(Corner.card)
        .background(Theme.colors.surfaceContainerLowest)
        .border(1.dp, Theme.colors.outlineVariant, Corner.card)
        .clickable(role = Role.Button, onClick = onChoose)
        .heightIn(min = 80.dp)
        .padding(Space.l),
    Arrangement.spacedBy(Space.l),
    Alignment.CenterVertically,
) {
    // Large words need the room.
    if (!isTextLarge()) Tile(Icons.Intercom, container = Theme.colors.primaryContainer, content = Theme.colors.onPrimaryContainer)
    Text(intercom.name, Modifier.weight(1f), style = Theme.type.title)
    if (!isTextLarge()) Icon(Icons.Forward, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
}
