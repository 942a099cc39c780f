package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Theme

/** An icon on a square of its own, beside words that say the same. */
@Composable
fun Tile(
    icon: ImageVector,
    modifier: Modifier = Modifier,
    container: Color = Theme.colors.surfaceContainer,
    content: Color = Theme.colors.onSurface,
) = Box(modifier.size(48.dp).background(container, Corner.tile), Alignment.Center) {
    Icon(icon, contentDescription = null, Modifier.size(24.dp), content)
}
