package io.phonein.ui.home

import androidx.compose.animation.core.LinearEasing
import androidx.compose.animation.core.RepeatMode
import androidx.compose.animation.core.animateFloat
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.animation.core.infiniteRepeatable
import androidx.compose.animation.core.rememberInfiniteTransition
import androidx.compose.animation.core.snap
import androidx.compose.animation.core.tween
import androidx.compose.foundation.Canvas
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.PathEffect
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import io.phonein.core.Tap
import io.phonein.core.TapLook
import io.phonein.core.TapState
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.theme.Theme
import kotlin.math.PI

/**
 * The ring around a door's disc: a thin track at rest, thirds while it works, draining while it is open, dashes, dots or a
 * line for the ends. It never mirrors.
 *
 * @param disc the disc's share of this ring's whole size.
 */
@Composable
internal fun Ring(
    tap: Tap,
    disc: Float,
    modifier: Modifier,
) {
    val colors = Theme.meanings
    val left = drained(tap.state)
    val breath = breath(tap.look)
    Canvas(modifier) {
        val width = 0.03f * size.minDimension
        val thin = width / 2
        val radius = (size.minDimension - width) / 2
        val inner = disc * size.minDimension / 2
        when (tap.look) {
            TapLook.IDLE -> circle(colors.ringTrack, radius, Stroke(thin))
            TapLook.WORKING ->
                repeat(3) { third ->
                    val color = if (third < tap.thirds) colors.ring else colors.ringTrack
                    val alpha = if (third == tap.thirds - 1) breath else 1f
                    arc(color.copy(alpha), radius, FIRST + 120f * third, 110f, width)
                }
            TapLook.OPEN -> {
                circle(colors.ringTrack, radius, Stroke(width))
                arc(colors.discOpen, radius, TOP, 360f * left, width)
            }
            TapLook.REFUSED -> circle(colors.discRefused, radius, dashes(radius, 24, 0.52f, width * 0.85f))
            TapLook.UNREACHABLE -> {
                circle(colors.ringTrack, radius, Stroke(thin))
                circle(colors.hollow, inner, dashes(inner, 48, 0.25f, thin))
            }
            TapLook.UNSURE -> {
                circle(colors.ringTrack, radius, Stroke(thin))
                circle(colors.unsure, inner, Stroke(thin * 1.2f))
            }
        }
    }
}

private const val TOP = -90f
private const val FIRST = TOP + 5f

/** Which part of the time is left: the core counts the seconds, between them the ring runs on by itself. */
@Composable
private fun drained(state: TapState): Float {
    val (seconds, whole) = (state as? TapState.Opened)?.let { it.seconds to it.of } ?: (0 to 1)
    val isReduced = LocalReducedMotion.current
    val left by animateFloatAsState(
        seconds.toFloat() / whole,
        if (isReduced || seconds == whole) snap() else tween(1_000, easing = LinearEasing),
    )
    return left
}

/** The running third breathes; nothing moves at rest. */
@Composable
private fun breath(look: TapLook): Float {
    if (look != TapLook.WORKING || LocalReducedMotion.current) return 1f
    val breath by rememberInfiniteTransition().animateFloat(
        0.4f,
        1f,
        infiniteRepeatable(tween(600), RepeatMode.Reverse),
    )
    return breath
}

private fun DrawScope.circle(
    color: Color,
    radius: Float,
    stroke: Stroke,
) = drawCircle(color, radius, style = stroke)

private fun DrawScope.arc(
    color: Color,
    radius: Float,
    from: Float,
    sweep: Float,
    width: Float,
) = drawArc(
    color,
    from,
    sweep,
    useCenter = false,
    topLeft = center - Offset(radius, radius),
    size = Size(2 * radius, 2 * radius),
    style = Stroke(width, cap = StrokeCap.Round),
)

/** So many dashes that close the circle evenly; round caps make each longer by [width]. */
private fun dashes(
    radius: Float,
    count: Int,
    share: Float,
    width: Float,
): Stroke {
    val step = (2 * PI * radius / count).toFloat()
    val drawn = (step * share - width / 2).coerceAtLeast(0.1f)
    return Stroke(width, cap = StrokeCap.Round, pathEffect = PathEffect.dashPathEffect(floatArrayOf(drawn, step - drawn)))
}
