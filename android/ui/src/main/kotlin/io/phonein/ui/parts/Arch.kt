package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Theme

/** The doorway at the head of a key's page. */
@Composable
fun Arch(
    icon: ImageVector,
    modifier: Modifier = Modifier,
    container: Color = Theme.colors.primaryContainer,
    content: Color = Theme.colors.onPrimaryContainer,
) = Box(
    modifier.size(88.dp).background(container, RoundedCornerShape(44.dp, 44.dp, 16.dp, 16.dp)),
    Alignment.Center,
) { Icon(icon, contentDescription = null, Modifier.size(44.dp), content) }
