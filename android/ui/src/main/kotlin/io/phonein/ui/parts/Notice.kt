package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Something to know, in the page; [button] is what can be done about it. */
@Composable
fun Notice(
    title: String,
    modifier: Modifier = Modifier,
    detail: String = "",
    icon: ImageVector = Icons.Alert,
    button: @Composable () -> Unit = {},
) {
    val color = Theme.colors.onPrimaryContainer
    Row(
        modifier
            .fillMaxWidth()
            .background(Theme.colors.primaryContainer, Corner.note)
            .padding(Space.l, 14.dp)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(Space.l),
    ) {
        Icon(icon, contentDescription = null, Modifier.size(24.dp), color)
        Column(Modifier.weight(1f)) {
            Text(title, style = Theme.type.body, color = color)
            if (detail.isNotEmpty()) Text(detail, style = Theme.type.support, color = color)
            button()
        }
    }
}
