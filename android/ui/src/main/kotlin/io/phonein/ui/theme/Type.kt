package io.phonein.ui.theme

import androidx.compose.material3.Typography
import androidx.compose.runtime.Immutable
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineHeightStyle
import androidx.compose.ui.unit.em
import androidx.compose.ui.unit.sp

/** The styles of the design, by their names there. */
@Immutable
class Type internal constructor(
    private val family: FontFamily,
) {
    /** Seconds left on the button. */
    val displayCount = style(44, 48, 500).copy(fontFeatureSettings = "tnum")

    /** Welcome, Key created. */
    val headline = style(28, 36, 500, -0.005)

    /** Titles of pages, the intercom's name. */
    val title = style(22, 28, 500)

    /** ENTRANCE. */
    val doorName = style(18, 24, 700, 0.06)

    /** The rule of a key. */
    val sentence = style(17, 25, 500)

    /** Names, fields, texts. */
    val body = style(16, 24, 400, 0.005)

    /** Names of keys, rows. */
    val bodyStrong = style(16, 24, 500, 0.003)

    /** Status lines, tabs, small buttons. */
    val label = style(14, 20, 500, 0.006)

    /** Second lines, reasons. */
    val support = style(14, 20, 400, 0.01)

    /** NEW KEY. */
    val button = style(16, 24, 700, 0.05)

    /** Labels of fields, badges. */
    val small = style(12, 16, 500, 0.02)

    /** What Material's own parts take. */
    internal val material =
        Typography(
            displayLarge = Typography().displayLarge.copy(fontFamily = family),
            headlineLarge = Typography().headlineLarge.copy(fontFamily = family),
            displayMedium = displayCount,
            headlineMedium = headline,
            titleLarge = title,
            titleMedium = bodyStrong,
            bodyLarge = body,
            bodyMedium = support,
            bodySmall = small,
            labelLarge = label,
            labelMedium = small,
            labelSmall = small,
        )

    // The line grows with the text, which large fonts make grow less than in proportion: so its height is no sp.
    private fun style(
        size: Int,
        line: Int,
        weight: Int,
        tracking: Double = 0.0,
    ) = TextStyle(
        fontFamily = family,
        fontSize = size.sp,
        lineHeight = (line.toDouble() / size).em,
        fontWeight = FontWeight(weight),
        letterSpacing = tracking.em,
        lineHeightStyle = LineHeightStyle(LineHeightStyle.Alignment.Center, LineHeightStyle.Trim.None),
    )
}
