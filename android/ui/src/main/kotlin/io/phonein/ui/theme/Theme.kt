package io.phonein.ui.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.unit.dp

private val LocalMeanings = staticCompositionLocalOf { LightMeanings }
private val LocalType = staticCompositionLocalOf { Type(FontFamily.Default) }

/**
 * What every screen stands in.
 *
 * @param scheme in the place of ours; what has a meaning keeps its colour.
 * @param family Android's own is Roboto, which the desktop has to bring.
 */
@Composable
fun PhoneinTheme(
    isDark: Boolean = isSystemInDarkTheme(),
    family: FontFamily = FontFamily.Default,
    scheme: ColorScheme? = null,
    content: @Composable () -> Unit,
) {
    val type = remember(family) { Type(family) }
    val own = if (isDark) DarkScheme else LightScheme
    // Aqua gives access, whatever the wallpaper.
    val shown = scheme?.copy(tertiaryFixed = own.tertiaryFixed, onTertiaryFixed = own.onTertiaryFixed) ?: own
    MaterialTheme(shown, shapes = MaterialShapes, typography = type.material) {
        CompositionLocalProvider(
            LocalMeanings provides if (isDark) DarkMeanings else LightMeanings,
            LocalType provides type,
            LocalContentColor provides shown.onSurface,
            content = content,
        )
    }
}

private val MaterialShapes =
    Shapes(
        extraSmall = RoundedCornerShape(8.dp),
        small = RoundedCornerShape(12.dp),
        medium = RoundedCornerShape(20.dp),
        large = RoundedCornerShape(28.dp),
        extraLarge = RoundedCornerShape(28.dp),
    )

/** The design's values beside those of [MaterialTheme]. */
object Theme {
    /** Material's roles. */
    val colors
        @Composable @ReadOnlyComposable
        get() = MaterialTheme.colorScheme

    /** Colours with a meaning of their own. */
    val meanings: MeaningColors
        @Composable @ReadOnlyComposable
        get() = LocalMeanings.current

    /** Styles of text. */
    val type: Type
        @Composable @ReadOnlyComposable
        get() = LocalType.current
}

/** Distances. */
object Space {
    val xs = 4.dp
    val s = 8.dp
    val m = 12.dp
    val l = 16.dp
    val xl = 24.dp
    val xxl = 32.dp

    /** The smallest that a finger hits. */
    val touch = 48.dp
}

/** Corners. */
object Corner {
    val field = RoundedCornerShape(12.dp)
    val tile = RoundedCornerShape(14.dp)
    val note = RoundedCornerShape(16.dp)
    val card = RoundedCornerShape(20.dp)
    val sheet = RoundedCornerShape(topStart = 28.dp, topEnd = 28.dp)
    val dialog = RoundedCornerShape(28.dp)
    val badge = RoundedCornerShape(8.dp)
}
