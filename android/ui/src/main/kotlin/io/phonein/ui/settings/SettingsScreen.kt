package io.phonein.ui.settings

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.core.IntercomSettings
import io.phonein.core.Label
import io.phonein.core.PathChoice
import io.phonein.core.Phonein
import io.phonein.core.SettingsChange
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.Shell
import io.phonein.ui.parts.Line
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.icon
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Settings over their view model; they leave by themselves once the intercom is removed. */
@Composable
fun SettingsRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Settings,
) {
    val model = entry.model { SettingsModel(phonein, route.intercom) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val isOver = state.isGone && state.left == null && state.working == null
    LaunchedEffect(isOver) { if (isOver) navigation.home() }
    val actions =
        SettingsActions(
            onOpen = model::open,
            onClose = model::close,
            onType = model::type,
            onSave = model::save,
            onChange = model::change,
            onRemove = model::remove,
            onClock = { navigation.open(Route.Clock(route.intercom)) },
            onManagers = { navigation.open(Route.Managers(route.intercom)) },
            onHome = { navigation.home() },
            onBack = navigation::back,
        )
    SettingsScreen(state, actions)
}

/** What can be done in Settings. */
class SettingsActions(
    val onOpen: (Setting) -> Unit,
    val onClose: () -> Unit,
    val onType: (String) -> Unit,
    val onSave: () -> Unit,
    val onChange: (Setting, SettingsChange) -> Unit,
    val onRemove: () -> Unit,
    val onClock: () -> Unit,
    val onManagers: () -> Unit,
    val onHome: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun SettingsScreen(
    state: SettingsState,
    actions: SettingsActions,
) = Page(text(Label.SETTINGS), actions.onBack) {
    val settings = state.settings
    val isManager = settings?.intercom?.isManager == true
    when {
        settings != null -> {
            Names(settings, actions)
            settings.innerDoor?.let { InnerDoor(it, state, actions) }
            Group {
                if (isManager) Manages(settings, actions)
                Reach(settings, actions)
                Line()
                AskFirst(state, settings, actions)
            }
            if (isManager) {
                Waiting(settings)
                settings.strangersWords?.let { Notice(it) }
            }
            LocalShell.current.let { if (it.usesSystemColors != null) Group { SystemColors(it) } }
            Group { SettingRow(Icons.Delete, text(Label.REMOVE_INTERCOM), onClick = { actions.onOpen(Setting.REMOVE) }, isLoss = true) }
        }
        state.trouble != null -> Notice(state.trouble.title, detail = state.trouble.detail)
        else -> Box(Modifier.fillMaxWidth().padding(Space.xl), Alignment.Center) { CircularProgressIndicator() }
    }
    SettingsQuestions(state, actions)
}

@Composable
private fun Names(
    settings: IntercomSettings,
    actions: SettingsActions,
) = Group {
    SettingRow(Icons.Edit, text(Label.NAME), settings.intercom.name, { actions.onOpen(Setting.NAME) })
    Line()
    SettingRow(Icons.Intercom, text(Label.FINGERPRINT), settings.intercom.fingerprint, isCode = true)
}

@Composable
private fun InnerDoor(
    isOn: Boolean,
    state: SettingsState,
    actions: SettingsActions,
) = Group {
    SwitchRow(
        Icons.InnerDoor,
        text(Label.INNER_DOOR_SETTING),
        text(Label.INNER_DOOR_HELP),
        isOn,
        { actions.onChange(Setting.INNER_DOOR, SettingsChange.InnerDoor(it)) },
        state.progress(Setting.INNER_DOOR),
    )
}

@Composable
private fun Manages(
    settings: IntercomSettings,
    actions: SettingsActions,
) {
    SettingRow(Icons.Clock, text(Label.CLOCK_AND_ZONE), settings.clockWords, actions.onClock)
    Line()
    SettingRow(Icons.People, text(Label.MANAGERS), settings.managers.joinToString { it.name }, actions.onManagers)
    Line()
}

@Composable
private fun Reach(
    settings: IntercomSettings,
    actions: SettingsActions,
) {
    SettingRow(Icons.Network, text(Label.ADDRESS), settings.addressWords, { actions.onOpen(Setting.ADDRESS) }, isCode = true)
    Line()
    SettingRow(Icons.Bluetooth, text(Label.PATHS), text(settings.paths.label), { actions.onOpen(Setting.PATHS) })
}

@Composable
private fun AskFirst(
    state: SettingsState,
    settings: IntercomSettings,
    actions: SettingsActions,
) = SwitchRow(
    Icons.Phone,
    text(Label.ASK_FIRST),
    text(Label.ASK_FIRST_HELP),
    settings.askFirst,
    { actions.onChange(Setting.ASK_FIRST, SettingsChange.AskFirst(it)) },
    state.progress(Setting.ASK_FIRST),
)

/** A choice for all of the app, which has no other page for one. */
@Composable
private fun SystemColors(shell: Shell) {
    var isOn by remember(shell) { mutableStateOf(shell.usesSystemColors == true) }
    val choose = { on: Boolean ->
        isOn = on
        shell.usesSystemColors = on
    }
    SwitchRow(Icons.Gear, text(Label.WALLPAPER_COLORS), text(Label.WALLPAPER_COLORS_HELP), isOn, choose, Progress())
}

internal val PathChoice.label: Label
    get() =
        when (this) {
            PathChoice.BOTH -> Label.PATHS_BOTH
            PathChoice.BLUETOOTH -> Label.PATHS_BLUETOOTH
            PathChoice.NETWORK -> Label.PATHS_NETWORK
        }

internal fun SettingsState.progress(setting: Setting) =
    Progress(working == setting, wrong?.let { (where, words) -> if (where == setting) words else null })

/** Whether all that was changed here is there. */
@Composable
private fun Waiting(settings: IntercomSettings) =
    Row(
        Modifier
            .fillMaxWidth()
            .background(Theme.colors.surfaceContainer, Corner.card)
            .padding(Space.l)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(Space.l),
    ) {
        Icon(settings.changesSign.icon, contentDescription = null, Modifier.size(24.dp))
        Column(Modifier.weight(1f)) {
            Text(settings.changesWords, style = Theme.type.bodyStrong)
            Text(settings.heardWords, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        }
    }
