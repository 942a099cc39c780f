package io.phonein.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Icon
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.unit.dp
import io.phonein.core.ClockReading
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.Field
import io.phonein.ui.parts.ListPage
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Clock and time zone over their view model. */
@Composable
fun ClockRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Clock,
) {
    val model = entry.model { ClockModel(phonein, route.intercom) }
    val state by model.state.collectAsState()
    val actions = ClockActions(model::search, model::choose, model::answer, LocalNavigation.current::back)
    ClockScreen(state, actions)
}

/** What can be done with an intercom's clock. */
class ClockActions(
    val onSearch: (String) -> Unit,
    val onZone: (String) -> Unit,
    val onAnswer: (usePhone: Boolean) -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun ClockScreen(
    state: ClockState,
    actions: ClockActions,
) = ListPage(text(Label.CLOCK_AND_ZONE), actions.onBack) {
    val settings = state.settings
    item("now") {
        Column(Modifier.padding(bottom = Space.s), Arrangement.spacedBy(Space.l)) {
            if (state.isWorking) LinearProgressIndicator(Modifier.fillMaxWidth())
            state.wrong?.let { Notice(it, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }) }
            settings?.clock?.let { Reading(it, actions.onAnswer) }
            if (settings != null) Group { SettingRow(Icons.Clock, text(Label.TIME_ZONE), settings.zoneWords) }
            Field(
                state.search,
                actions.onSearch,
                text(Label.SEARCH_ZONES),
                keyboard = KeyboardOptions(autoCorrectEnabled = false, imeAction = ImeAction.Search),
            )
        }
    }
    if (state.zones?.isEmpty() == true) {
        item("none") { Text(text(Label.NO_ZONE), color = Theme.colors.onSurfaceVariant, style = Theme.type.body) }
    }
    items(state.zones.orEmpty(), { it }) { Zone(it, it == settings?.zone) { actions.onZone(it) } }
}

@Composable
private fun Reading(
    clock: ClockReading,
    onAnswer: (Boolean) -> Unit,
) = Notice(clock.title, detail = clock.detail, icon = Icons.Clock) {
    if (clock.asks) {
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
            for ((label, usePhone) in listOf(Label.USE_PHONES_TIME to true, Label.LEAVE_TIME to false)) {
                QuietButton(text(label), { onAnswer(usePhone) })
            }
        }
    }
}

@Composable
private fun Zone(
    name: String,
    isChosen: Boolean,
    onChoose: () -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .selectable(isChosen, role = Role.RadioButton, onClick = onChoose)
        .heightIn(min = 56.dp)
        .padding(Space.s, Space.s),
    Arrangement.spacedBy(Space.m),
    Alignment.CenterVertically,
) {
    Text(name, Modifier.weight(1f), style = if (isChosen) Theme.type.bodyStrong else Theme.type.body)
    if (isChosen) Icon(Icons.Check, contentDescription = null, Modifier.size(24.dp))
}
