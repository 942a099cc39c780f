package io.phonein.ui.newkey

import androidx.compose.foundation.clickable
import androidx.compose.foundation.indication
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.OutlinedTextFieldDefaults
import androidx.compose.material3.Text
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.VisualTransformation
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Theme

/**
 * A field that is not typed into: a press lets one choose.
 *
 * @param words what is chosen.
 * @param wrong what is wrong with it, in words that stand elsewhere.
 * @param icon stands at its end.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun ChoiceField(
    label: String,
    words: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    wrong: String? = null,
    icon: ImageVector? = null,
    content: @Composable () -> Unit = { Text(words, style = Theme.type.body) },
) {
    val touched = remember { MutableInteractionSource() }
    val colors = OutlinedTextFieldDefaults.colors()
    val isWrong = wrong != null
    // As a field that is typed into: half of its label stands above its border.
    val above = with(LocalDensity.current) { 8.sp.toDp() }
    Box(
        modifier
            .clickable(touched, indication = null, role = Role.Button, onClick = onClick)
            .semantics {
                contentDescription = "$label, $words"
                if (wrong != null) error(wrong)
            }.padding(top = above)
            .heightIn(min = 56.dp),
        propagateMinConstraints = true,
    ) {
        OutlinedTextFieldDefaults.DecorationBox(
            value = words.ifEmpty { " " },
            innerTextField = content,
            enabled = true,
            singleLine = false,
            visualTransformation = VisualTransformation.None,
            interactionSource = touched,
            isError = isWrong,
            label = { Text(label) },
            trailingIcon = icon?.let { { Icon(it, contentDescription = null, Modifier.size(22.dp), Theme.colors.onSurfaceVariant) } },
            colors = colors,
            container = {
                OutlinedTextFieldDefaults.Container(
                    enabled = true,
                    isError = isWrong,
                    interactionSource = touched,
                    modifier = Modifier.clip(Corner.field).indication(touched, ripple()),
                    colors = colors,
                    shape = Corner.field,
                    unfocusedBorderThickness = if (isWrong) 2.dp else 1.dp,
                )
            },
        )
    }
}
