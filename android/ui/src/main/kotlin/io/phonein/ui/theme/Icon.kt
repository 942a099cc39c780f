package io.phonein.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.addPathNodes
import androidx.compose.ui.unit.dp

/** An icon of round strokes, each as SVG writes it. */
internal fun icon(
    vararg strokes: String,
    name: String,
    isMirrored: Boolean = false,
): ImageVector {
    val icon = ImageVector.Builder(name, 24.dp, 24.dp, 24f, 24f, autoMirror = isMirrored)
    for (stroke in strokes) {
        icon.addPath(
            addPathNodes(stroke),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = 2f,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round,
        )
    }
    return icon.build()
}
