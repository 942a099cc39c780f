package io.phonein.ui.home

import androidx.compose.animation.animateColorAsState
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsPressedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.scale
import androidx.compose.ui.hapticfeedback.HapticFeedbackType
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalHapticFeedback
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.hideFromAccessibility
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.Dp
import io.phonein.core.DoorButton
import io.phonein.core.TapLook
import io.phonein.core.TapState
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.parts.icon
import io.phonein.ui.theme.Theme

/** The size of a round button: its disc, with the ring around it, and the icon in it. */
data class RoundSize(
    val ring: Dp,
    val disc: Dp,
    val icon: Dp,
    val hasBigNumber: Boolean,
) {
    operator fun times(factor: Float) =
        RoundSize(ring * factor, disc * factor, icon * factor, hasBigNumber)
}

/** A door's button through all its states. */
@Composable
internal fun RoundButton(
    door: DoorButton,
    size: RoundSize,
    onPress: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val tap = door.tap
    val look = tap.look
    val touch = remember { MutableInteractionSource() }
    val isPressed by touch.collectIsPressedAsState()
    val isReduced = LocalReducedMotion.current
    val scale by animateFloatAsState(if (isPressed && !isReduced) 0.96f else 1f, tween(100))
    val haptics = LocalHapticFeedback.current
    val (container, content) = discColors(look)
    val color by animateColorAsState(container, tween(if (isReduced) 100 else 350))
    // Said when the state begins; the seconds are not read out one by one.
    val spoken = remember(look, tap.title) { tap.spoken }
    Box(modifier.size(size.ring), Alignment.Center) {
        Ring(tap, size.disc / size.ring, Modifier.fillMaxSize())
        Box(
            Modifier
                .size(size.disc)
                .scale(scale)
                .clip(CircleShape)
                .background(color)
                .clickable(touch, ripple()) {
                    haptics.performHapticFeedback(HapticFeedbackType.ContextClick)
                    onPress()
                }.semantics {
                    role = Role.Button
                    contentDescription = door.name
                    stateDescription = spoken
                    liveRegion = if (look.isAlarming) LiveRegionMode.Assertive else LiveRegionMode.Polite
                },
            Alignment.Center,
        ) {
            val seconds = (tap.state as? TapState.Opened)?.seconds?.toString().orEmpty()
            when {
                look != TapLook.OPEN -> Icon(tap.sign.icon, contentDescription = null, Modifier.size(size.icon), content)
                size.hasBigNumber ->
                    Column(verticalArrangement = Arrangement.Center, horizontalAlignment = Alignment.CenterHorizontally) {
                        Icon(tap.sign.icon, contentDescription = null, Modifier.size(size.icon * 0.75f), content)
                        Number(seconds, size.disc * 0.26f)
                    }
                else -> Number(seconds, size.disc * 0.45f)
            }
        }
    }
}

/** The seconds, as large as the disc has room for: a disc does not grow with the text. */
@Composable
private fun Number(
    seconds: String,
    height: Dp,
) {
    val size = with(LocalDensity.current) { height.toSp() }
    val style = Theme.type.displayCount.copy(fontSize = size)
    Text(seconds, Modifier.semantics { hideFromAccessibility() }, Theme.meanings.onDiscOpen, style = style)
}

/** Whether a screen reader breaks off what it says. */
private val TapLook.isAlarming get() = this == TapLook.REFUSED || this == TapLook.UNREACHABLE || this == TapLook.UNSURE
