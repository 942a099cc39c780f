package io.phonein.ui.parts

import androidx.compose.foundation.layout.size
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

/** One of a few to choose from; the chosen one has a sign, not only a colour. */
@Composable
fun Chip(
    words: String,
    isChosen: Boolean,
    onChoose: () -> Unit,
) {
    val check: (@Composable () -> Unit)? =
        if (isChosen) ({ Icon(Icons.Check, contentDescription = null, Modifier.size(18.dp)) }) else null
    FilterChip(isChosen, onChoose, label = { Text(words, style = Theme.type.label) }, leadingIcon = check)
}
