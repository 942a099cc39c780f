package io.phonein.ui.created

import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithCache
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import io.phonein.core.QrModules

/** The margin that a scanner needs, in modules. */
private const val MARGIN = 4

/** What every scanner can tell from white, in both themes. */
private val Dark = Color(0xFF04263F)

/** A QR code with its margin, drawn in whole pixels. What it stands on must be white. */
@Composable
internal fun QrCode(
    code: QrModules,
    modifier: Modifier = Modifier,
) = Spacer(
    modifier.aspectRatio(1f).drawWithCache {
        val count = code.size
        val module = (size.width / (count + 2 * MARGIN)).toInt().coerceAtLeast(1)
        val edge = ((size.width - module * count) / 2).toInt()
        val dark = Path()
        for (row in 0 until count) {
            for (run in code.runs(row)) {
                val corner = Offset((edge + run.first * module).toFloat(), (edge + row * module).toFloat())
                dark.addRect(Rect(corner.x, corner.y, corner.x + run.count() * module, corner.y + module))
            }
        }
        onDrawBehind { drawPath(dark, Dark) }
    },
)

/** The dark stretches of a row: drawn each as one, no line shows between two modules. */
internal fun QrModules.runs(row: Int): List<IntRange> {
    val isDark = { column: Int -> column in 0 until size && modules[row * size + column] != 0.toByte() }
    val starts = (0 until size).filter { isDark(it) && !isDark(it - 1) }
    val ends = (0 until size).filter { isDark(it) && !isDark(it + 1) }
    return starts.zip(ends, Int::rangeTo)
}
