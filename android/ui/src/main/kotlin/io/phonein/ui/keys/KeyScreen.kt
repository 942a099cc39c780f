package io.phonein.ui.keys

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.phonein.core.Keep
import io.phonein.core.KeyDetails
import io.phonein.core.KeyOffer
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Arch
import io.phonein.ui.parts.Empty
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** A key's page over its view models. */
@Composable
fun KeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Key,
) {
    val model = entry.model { KeyModel(phonein, route.key) }
    val deletion = entry.model { DeleteModel(phonein) }
    val state by model.state.collectAsState()
    val deleted by deletion.state.collectAsState()
    val navigation = LocalNavigation.current
    // What the door knows of a deletion is read here first.
    val isRemoved = deleted.isDone && deleted.said == null
    LaunchedEffect(isRemoved) { if (isRemoved) navigation.back() }
    LaunchedEffect(state.replacement) {
        state.replacement?.let {
            navigation.back()
            navigation.open(Route.Created(it))
        }
    }
    val actions =
        KeyActions(
            onShare = { navigation.open(Route.Share(route.key)) },
            onEdit = { navigation.open(Route.EditKey(route.key)) },
            onDelete = { deletion.ask(route.key) },
            onResolve = model::resolve,
            onBack = navigation::back,
        )
    // It stays where the key was.
    val ended = if (deleted.isDone) deleted.said?.let { Told(it, "", it) } else null
    KeyScreen(state.copy(fault = ended ?: state.fault), deleted.said, actions)
    deleted.question?.let { DeleteDialog(it, { deletion.delete(it) }, deletion::keep) }
}

/** What can be done on a key's page. */
class KeyActions(
    val onShare: () -> Unit,
    val onEdit: () -> Unit,
    val onDelete: () -> Unit,
    val onResolve: (Keep) -> Unit,
    val onBack: () -> Unit,
)

/**
 * A key's page.
 *
 * @param said what came of what was done here.
 */
@Composable
fun KeyScreen(
    state: KeyState,
    said: String?,
    actions: KeyActions,
) {
    val key = state.key
    Page(
        text(Label.DETAILS),
        actions.onBack,
        dock = {
            if (state.fault == null && key != null) Dock(key, actions)
        },
    ) {
        if (said != null && state.fault == null) Notice(said)
        when {
            state.fault != null ->
                Empty(Icons.Key, state.fault.title, state.fault.detail) {
                    TonalButton(text(Label.OK), actions.onBack, Modifier.padding(top = Space.m))
                }
            key != null -> Key(key, actions)
        }
    }
}

@Composable
private fun ColumnScope.Key(
    key: KeyDetails,
    actions: KeyActions,
) {
    val row = key.row
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Alignment.CenterHorizontally) {
        Arch(row.category.icon, Modifier.padding(bottom = Space.s))
        Text(row.name, style = Theme.type.headline, textAlign = TextAlign.Center)
        if (row.categoryWords.isNotEmpty()) {
            Text(row.categoryWords, color = Theme.colors.onSurfaceVariant, style = Theme.type.body)
        }
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally),
            verticalArrangement = Arrangement.spacedBy(Space.s),
        ) {
            StatusBadge(row)
            if (key.isDelivered && key.deliveryWords.isNotEmpty()) DeliveredBadge(key.deliveryWords)
        }
    }
    key.locked?.let { Notice(it.title, detail = it.detail) }
    val overtaken = key.overtaken
    if (overtaken != null) {
        OvertakenCard(overtaken)
    } else {
        if (!key.isDelivered) Notice(key.deliveryWords, icon = Icons.Repeat)
        KeyCard(key)
    }
    FlowRow(Modifier.align(Alignment.CenterHorizontally), Arrangement.spacedBy(Space.l)) {
        for (offer in row.offers) {
            when (offer) {
                KeyOffer.EDIT -> Small(Label.EDIT, Icons.Edit, Theme.colors.primary, actions.onEdit)
                KeyOffer.DELETE -> Small(Label.DELETE, Icons.Delete, Theme.colors.error, actions.onDelete)
                KeyOffer.REMOVE -> Small(Label.REMOVE_FROM_PHONE, Icons.Delete, Theme.colors.error, actions.onDelete)
                // It has the dock for itself.
                KeyOffer.SHARE -> {}
            }
        }
    }
}

@Composable
private fun Small(
    label: Label,
    icon: ImageVector,
    color: Color,
    onClick: () -> Unit,
) = TextButton(
    onClick,
    Modifier.heightIn(min = Space.touch),
    colors = ButtonDefaults.textButtonColors(contentColor = color),
) {
    Icon(icon, contentDescription = null, Modifier.padding(end = Space.s).size(20.dp))
    Text(text(label), style = Theme.type.label)
}

@Composable
private fun Dock(
    key: KeyDetails,
    actions: KeyActions,
) {
    if (key.overtaken != null) {
        Both(
            { TonalButton(text(Label.TAKE_THEIRS), { actions.onResolve(Keep.THEIRS) }, it) },
            { TonalButton(text(Label.KEEP_MINE), { actions.onResolve(Keep.MINE) }, it) },
        )
    } else if (KeyOffer.SHARE in key.row.offers) {
        AccessButton(text(Label.SHARE_BUTTON), actions.onShare, Modifier.fillMaxWidth(), Icons.Share)
    }
}

/** Two answers beside each other, or one over the other where they have no room. */
@Composable
private fun Both(
    first: @Composable (Modifier) -> Unit,
    second: @Composable (Modifier) -> Unit,
) = if (isTextLarge()) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        first(Modifier.fillMaxWidth())
        second(Modifier.fillMaxWidth())
    }
} else {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        first(Modifier.weight(1f))
        second(Modifier.weight(1f))
    }
}
