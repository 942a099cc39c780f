package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Nothing here: a grey doorway, one title, one line, the way on. */
@Composable
fun Empty(
    icon: ImageVector,
    title: String,
    line: String,
    modifier: Modifier = Modifier,
    way: @Composable () -> Unit = {},
) = Column(
    modifier.fillMaxWidth().padding(Space.xl),
    Arrangement.spacedBy(Space.xs),
    Alignment.CenterHorizontally,
) {
    val arch = RoundedCornerShape(topStart = 60.dp, topEnd = 60.dp)
    Box(Modifier.padding(bottom = Space.m).size(120.dp).background(Theme.colors.surfaceContainer, arch), Alignment.Center) {
        Icon(icon, contentDescription = null, Modifier.size(48.dp), Theme.colors.onSurfaceVariant)
    }
    Text(title, style = Theme.type.title, textAlign = TextAlign.Center)
    Text(line, color = Theme.colors.onSurfaceVariant, style = Theme.type.body, textAlign = TextAlign.Center)
    way()
}
