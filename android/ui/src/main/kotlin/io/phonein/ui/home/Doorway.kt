package io.phonein.ui.home

import androidx.compose.animation.animateColorAsState
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Shape
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.hideFromAccessibility
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.phonein.core.Door
import io.phonein.core.DoorButton
import io.phonein.core.FailedPath
import io.phonein.core.Label
import io.phonein.core.Tap
import io.phonein.core.TapLook
import io.phonein.core.TapState
import io.phonein.core.Way
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import kotlinx.coroutines.delay

/** The button of an entrance that stands beside another door, or alone, and that of an inner door. */
internal val BESIDE = RoundSize(200.dp, 170.dp, 72.dp, hasBigNumber = true)
internal val ALONE = RoundSize(216.dp, 184.dp, 72.dp, hasBigNumber = true)
internal val INNER = RoundSize(96.dp, 84.dp, 38.dp, hasBigNumber = false)

/**
 * An arch that stands on the ground of the stage, with a door's button and words in it.
 *
 * @param isOnGround whether nothing stands below it.
 * @param onWay a press on what would help reach the intercom.
 */
@Composable
internal fun Doorway(
    door: DoorButton,
    size: RoundSize,
    width: Dp,
    onPress: () -> Unit,
    onWay: (Way) -> Unit,
    isOnGround: Boolean = true,
) {
    val shown = door.copy(tap = withoutFlash(door))
    val isInner = door.door == Door.INNER
    Column(
        Modifier
            .width(width)
            .clip(archOf(width, isOnGround))
            .background(archColor(shown))
            .padding(top = if (isInner) 14.dp else 22.dp, bottom = 20.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        RoundButton(shown, size, onPress)
        Column(
            Modifier
                .padding(start = if (isInner) 6.dp else Space.l, top = 10.dp, end = if (isInner) 6.dp else Space.l)
                .heightIn(min = roomForWords(isInner)),
            horizontalAlignment = Alignment.CenterHorizontally,
        ) { Words(shown, onWay, TextAlign.Center, isSmall = isInner) }
    }
}

/** So that nothing moves when a door says how it stands: room for its name and a title, and for a detail as wide as the arch lets it be. */
@Composable
private fun roomForWords(isSmall: Boolean): Dp =
    with(LocalDensity.current) {
        fun TextStyle.line() = (fontSize * lineHeight.value).toDp()
        val type = Theme.type
        if (isSmall) {
            type.doorName.copy(fontSize = type.label.fontSize).line() + type.support.line() * 4
        } else {
            type.doorName.line() + type.body.line() * 3
        }
    }

private fun archOf(
    width: Dp,
    isOnGround: Boolean,
): Shape {
    val below = if (isOnGround) 0.dp else 28.dp
    return RoundedCornerShape(width / 2, width / 2, below, below)
}

/** The same door as a row, for large text: nothing beside it but its words. */
@Composable
internal fun DoorRow(
    door: DoorButton,
    size: RoundSize,
    onPress: () -> Unit,
    onWay: (Way) -> Unit,
) {
    val shown = door.copy(tap = withoutFlash(door))
    Row(
        Modifier.fillMaxWidth().clip(Corner.sheet).background(archColor(shown)).padding(Space.l, Space.m, Space.l, 20.dp),
        Arrangement.spacedBy(Space.l),
        Alignment.CenterVertically,
    ) {
        RoundButton(shown, size, onPress)
        Column(Modifier.weight(1f)) { Words(shown, onWay, TextAlign.Start, isSmall = false) }
    }
}

@Composable
private fun archColor(door: DoorButton) =
    animateColorAsState(
        if (door.tap.look == TapLook.OPEN) Theme.meanings.stageArchOpen else Theme.meanings.stageArch,
        tween(350),
    ).value

/** A door's name and how it stands. The button says it to a screen reader; here it is only to be seen. */
@Composable
private fun ColumnScope.Words(
    door: DoorButton,
    onWay: (Way) -> Unit,
    align: TextAlign,
    isSmall: Boolean,
) {
    val tap = door.tap
    val isAtRest = tap.look == TapLook.IDLE || tap.look == TapLook.WORKING
    val unheard = Modifier.semantics { hideFromAccessibility() }
    val type = Theme.type
    val colors = Theme.meanings
    val name = text(if (door.door == Door.ENTRANCE) Label.ENTRANCE else Label.INNER_DOOR)
    Text(name, unheard, colors.onStage, textAlign = align, style = if (isSmall) type.doorName.copy(fontSize = type.label.fontSize) else type.doorName)
    if (tap.title.isNotEmpty()) {
        val style = if (isSmall) type.support else if (isAtRest) type.body else type.bodyStrong
        Text(tap.title, unheard, if (isAtRest) colors.onStageVariant else colors.onStage, textAlign = align, style = style)
    }
    if (tap.detail.isNotEmpty()) {
        Text(tap.detail, unheard, colors.onStageVariant, textAlign = align, style = if (isSmall) type.support else type.body)
    }
    (tap.state as? TapState.Unreachable)?.paths?.let { Reason(it, onWay, align) }
    door.keyName?.let { name ->
        Spacer(Modifier.height(Space.s))
        Text(
            name,
            Modifier.border(1.5.dp, colors.onStageVariant, Corner.badge).padding(horizontal = 10.dp, vertical = 3.dp),
            colors.onStage,
            style = type.label,
        )
    }
}

/** Why the intercom was not reached, and the one thing the phone can help with. */
@Composable
private fun Reason(
    paths: List<FailedPath>,
    onWay: (Way) -> Unit,
    align: TextAlign,
) {
    val path = paths.firstOrNull() ?: return
    Text(path.told.title, color = Theme.meanings.onStageVariant, textAlign = align, style = Theme.type.support)
    val words = path.wayWords ?: return
    QuietButton(words, { onWay(path.way) }, color = Theme.meanings.onStage)
}

/** The core says how old a step must be before it is drawn. */
@Composable
private fun withoutFlash(door: DoorButton): Tap {
    var shown by remember(door.door) { mutableStateOf(door.tap) }
    val begins = door.tap.afterMs > 0 && shown.look != door.tap.look
    LaunchedEffect(door.tap) {
        if (begins) delay(door.tap.afterMs.toLong())
        shown = door.tap
    }
    return if (begins) shown else door.tap
}
