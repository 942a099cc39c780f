package io.phonein.ui.adddevice

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import io.phonein.core.AddField
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Field
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.ScanButton
import io.phonein.ui.parts.Tile
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.parts.scanning
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Add device over its view model; it leaves by itself once the device is added. */
@Composable
fun AddDeviceRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { AddDeviceModel(phonein) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    LaunchedEffect(state.added) { state.added?.let(navigation::home) }
    val actions =
        AddDeviceActions(
            onCode = model::onCode,
            onScan = scanning(model::onScanned),
            onName = model::onName,
            onOwnName = model::onOwnName,
            onAddress = model::onAddress,
            onSave = model::onSave,
            onBack = navigation::back,
        )
    AddDeviceScreen(state, actions)
}

/** What can be done on Add device; without [onScan] there is no camera. */
class AddDeviceActions(
    val onCode: (String) -> Unit,
    val onScan: (() -> Unit)?,
    val onName: (String) -> Unit,
    val onOwnName: (String) -> Unit,
    val onAddress: (String) -> Unit,
    val onSave: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun AddDeviceScreen(
    state: AddDeviceState,
    actions: AddDeviceActions,
) = Page(text(Label.ADD_DEVICE), actions.onBack, dock = { Save(state, actions.onSave) }) {
    val next = KeyboardOptions(imeAction = ImeAction.Next)
    val names = next.copy(capitalization = KeyboardCapitalization.Words)
    Notice(text(Label.ADD_DEVICE_HELP), icon = Icons.Qr)
    Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        Field(
            state.code,
            actions.onCode,
            text(Label.DEVICE_UUID),
            Modifier.weight(1f),
            help = state.reading?.words?.ifEmpty { null },
            wrong = state.wrong(AddField.CODE) ?: state.reading?.let { if (it.isWrong) it.words else null },
            isCode = true,
            isSingleLine = !isTextLarge(),
            keyboard = next.copy(keyboardType = KeyboardType.Ascii, autoCorrectEnabled = false),
        )
        actions.onScan?.let { ScanButton(it) }
    }
    Field(state.name, actions.onName, text(Label.NAME), wrong = state.wrong(AddField.NAME), keyboard = names)
    Field(
        state.ownName,
        actions.onOwnName,
        text(Label.YOUR_NAME),
        help = text(Label.YOUR_NAME_HELP),
        wrong = state.wrong(AddField.OWN_NAME),
        keyboard = names,
    )
    if (state.asksAddress || state.ended != null) {
        Ended(state.ended) {
            if (state.asksAddress) {
                Field(
                    state.address,
                    actions.onAddress,
                    text(Label.NETWORK_ADDRESS),
                    wrong = state.wrong(AddField.ADDRESS),
                    isCode = true,
                    keyboard = KeyboardOptions(keyboardType = KeyboardType.Uri, imeAction = ImeAction.Done, autoCorrectEnabled = false),
                )
            }
        }
    }
}

private fun AddDeviceState.wrong(field: AddField) = wrong?.let { (where, words) -> if (where == field) words else null }

/** How the attempt ended, and the field that may help. */
@Composable
private fun Ended(
    told: Told?,
    field: @Composable () -> Unit,
) = Column(
    Modifier
        .fillMaxWidth()
        .background(Theme.colors.surfaceContainerLowest, Corner.card)
        .border(1.dp, Theme.colors.outlineVariant, Corner.card)
        .padding(Space.l),
    Arrangement.spacedBy(Space.s),
) {
    if (told != null) {
        Row(
            Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
            Arrangement.spacedBy(Space.l),
            Alignment.CenterVertically,
        ) {
            Tile(Icons.Alert)
            Column(Modifier.weight(1f)) {
                Text(told.title, style = Theme.type.bodyStrong)
                if (told.detail.isNotEmpty()) Text(told.detail, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
            }
        }
    }
    field()
}

@Composable
private fun Save(
    state: AddDeviceState,
    onSave: () -> Unit,
) = Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s)) {
    state.step?.let { step ->
        LinearProgressIndicator(Modifier.fillMaxWidth())
        Text(
            step,
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            Theme.colors.onSurfaceVariant,
            style = Theme.type.support,
        )
    }
    AccessButton(text(Label.SAVE), onSave, Modifier.fillMaxWidth(), isEnabled = state.isSavable)
}
