package io.phonein.ui.home

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import io.phonein.core.TapLook
import io.phonein.ui.theme.Theme

/** The disc, and what is drawn on it. */
@Composable
internal fun discColors(look: TapLook): Pair<Color, Color> =
    with(Theme.meanings) {
        when (look) {
            TapLook.IDLE, TapLook.WORKING -> disc to onDisc
            TapLook.OPEN -> discOpen to onDiscOpen
            TapLook.REFUSED -> discRefused to onDiscRefused
            TapLook.UNREACHABLE -> Color.Transparent to hollow
            TapLook.UNSURE -> Color.Transparent to unsure
        }
    }
