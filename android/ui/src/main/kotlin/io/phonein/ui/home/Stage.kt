package io.phonein.ui.home

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.phonein.core.DoorButton
import io.phonein.core.IntercomHome
import io.phonein.core.Label
import io.phonein.core.Way
import io.phonein.ui.parts.NamedIconButton
import io.phonein.ui.parts.Tile
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** What can be done on the stage. */
class StageActions(
    val onPress: (DoorButton) -> Unit,
    val onWay: (Way) -> Unit,
    val onSettings: () -> Unit,
    val onLocations: () -> Unit,
)

/**
 * One intercom: its card, and its doors standing on the ground.
 *
 * @param least how high it is at least; the card is at its top, the doors at its bottom.
 */
@Composable
internal fun Stage(
    place: IntercomHome,
    actions: StageActions,
    least: Dp = 0.dp,
) = CompositionLocalProvider(LocalContentColor provides Theme.meanings.onStage) {
    Column(Modifier.fillMaxWidth().heightIn(min = least), Arrangement.SpaceBetween) {
        Card(place, actions)
        Doors(place, actions)
    }
}

@Composable
private fun Card(
    place: IntercomHome,
    actions: StageActions,
) = Row(
    Modifier
        .padding(Space.l, Space.s, Space.l, 0.dp)
        .fillMaxWidth()
        .background(Theme.meanings.stageArch, Corner.card)
        .heightIn(min = 64.dp)
        .padding(start = Space.s, top = 6.dp, end = Space.xs, bottom = 6.dp),
    Arrangement.spacedBy(Space.m),
    Alignment.CenterVertically,
) {
    // Large words need the room.
    if (!isTextLarge()) Tile(Icons.Intercom, container = Theme.meanings.disc, content = Theme.meanings.onDisc)
    Text(place.intercom.name, Modifier.weight(1f).semantics { heading() }, style = Theme.type.title)
    NamedIconButton(Icons.Search, text(Label.LOCATIONS), actions.onLocations)
    NamedIconButton(Icons.Gear, text(Label.SETTINGS), actions.onSettings)
}

@Composable
private fun Doors(
    place: IntercomHome,
    actions: StageActions,
) = BoxWithConstraints(Modifier.fillMaxWidth().padding(top = 20.dp), Alignment.TopCenter) {
    val entrance = place.doors.firstOrNull() ?: return@BoxWithConstraints
    val inner = place.doors.getOrNull(1)
    // Sizes are at 412 dp; on less everything shrinks, down to 320.
    val all = maxWidth
    val factor = (all / 412.dp).coerceIn(320f / 412f, 1f)
    val onPress = { door: DoorButton -> { actions.onPress(door) } }
    when {
        isTextLarge() ->
            Column(Modifier.padding(horizontal = Space.l), Arrangement.spacedBy(Space.m)) {
                val width = all - Space.l * 2
                val only = if (inner == null) ALONE else BESIDE
                Doorway(entrance, only * factor, width, onPress(entrance), actions.onWay, isOnGround = inner == null)
                if (inner != null) DoorRow(inner, INNER * factor, onPress(inner), actions.onWay)
            }
        inner == null ->
            Doorway(entrance, ALONE * factor, 260.dp * factor, onPress(entrance), actions.onWay)
        else ->
            Row(Modifier, Arrangement.spacedBy(Space.m), Alignment.Bottom) {
                Doorway(entrance, BESIDE * factor, 244.dp * factor, onPress(entrance), actions.onWay)
                Doorway(inner, INNER * factor, 124.dp * factor, onPress(inner), actions.onWay)
            }
    }
}

/** The stage while the list is read: a bar with the entrance's button, whose press expands it and is the press. */
@Composable
internal fun CollapsedStage(
    place: IntercomHome,
    actions: StageActions,
    onExpand: () -> Unit,
) = CompositionLocalProvider(LocalContentColor provides Theme.meanings.onStage) {
    Row(
        Modifier.fillMaxWidth().padding(start = Space.xs, top = Space.s, end = Space.l, bottom = Space.l),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        NamedIconButton(Icons.Back, text(Label.BACK), onExpand)
        Text(place.intercom.name, Modifier.weight(1f).semantics { heading() }, style = Theme.type.title)
        NamedIconButton(Icons.Search, text(Label.LOCATIONS), actions.onLocations)
        NamedIconButton(Icons.Gear, text(Label.SETTINGS), actions.onSettings)
        val entrance = place.doors.firstOrNull() ?: return@Row
        Box(Modifier.padding(start = Space.s)) {
            RoundButton(entrance, RoundSize(56.dp, 50.dp, 26.dp, hasBigNumber = false), {
                onExpand()
                actions.onPress(entrance)
            })
        }
    }
}
