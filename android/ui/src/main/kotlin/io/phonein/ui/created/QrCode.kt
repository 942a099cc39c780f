package io.phonein.ui.created

import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithCache
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import io.phonein.core.QrModules

/** What every scanner can tell from white, in both themes. */
private val Dark = Color(0xFF04263F)

/** A QR code, drawn in whole pixels. What it stands on must be white. */
@Composable
internal fun QrCode(
    code: QrModules,
    modifier: Modifier = Modifier,
) = Spacer(
    modifier.aspectRatio(1f).drawWithCache {
        val module = (size.width / code.side).toInt().coerceAtLeast(1)
        val edge = ((size.width - module * code.side) / 2).toInt()
        val dark = Path()
        for ((x, y, length) in code.dark) {
            val corner = Offset((edge + x * module).toFloat(), (edge + y * module).toFloat())
            dark.addRect(Rect(corner, Size((length * module).toFloat(), module.toFloat())))
        }
        onDrawBehind { drawPath(dark, Dark) }
    },
)
