package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.HorizontalDivider
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

/**
 * The rule of a key as a sentence, and what else is to be known of the key.
 *
 * @param hearsay stands under the sentence while only a link says it.
 * @param lines each with its icon, below a line.
 */
@Composable
fun RuleCard(
    sentence: String,
    hearsay: String? = null,
    lines: List<Pair<ImageVector, String>> = emptyList(),
) = Column(
    Modifier
        .fillMaxWidth()
        .background(Theme.colors.surfaceContainerLowest, Corner.card)
        .border(1.dp, Theme.colors.outlineVariant, Corner.card)
        .padding(20.dp, Space.l),
    Arrangement.spacedBy(Space.m),
) {
    Text(sentence, style = Theme.type.sentence)
    if (hearsay != null) {
        val color = Theme.meanings.workingText
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
            Icon(Icons.Repeat, contentDescription = null, Modifier.padding(top = 1.dp).size(18.dp), color)
            Text(hearsay, color = color, style = Theme.type.label)
        }
    }
    if (lines.isNotEmpty()) HorizontalDivider(color = Theme.colors.outlineVariant)
    for ((icon, words) in lines) {
        Row(Modifier.semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.l)) {
            Icon(icon, contentDescription = null, Modifier.size(24.dp), Theme.colors.onSurfaceVariant)
            Text(words, Modifier.weight(1f), style = Theme.type.body)
        }
    }
}
