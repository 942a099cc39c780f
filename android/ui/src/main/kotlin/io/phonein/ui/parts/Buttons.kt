package io.phonein.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonColors
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Aqua: it gives access. */
@Composable
fun AccessButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    isEnabled: Boolean = true,
) = Large(text, onClick, modifier, icon, filled(Theme.colors.tertiaryFixed, Theme.colors.onTertiaryFixed), isEnabled = isEnabled)

/** BACK and the like. */
@Composable
fun TonalButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
) = Large(text, onClick, modifier, icon, filled(Theme.colors.secondaryContainer, Theme.colors.onSecondaryContainer))

/** An outline in the colour of the text around it. */
@Composable
fun OutlineButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
) {
    val color = LocalContentColor.current
    Large(text, onClick, modifier, icon, filled(Color.Transparent, color), BorderStroke(1.5.dp, color))
}

@Composable
private fun filled(
    container: Color,
    content: Color,
) = ButtonDefaults.buttonColors(containerColor = container, contentColor = content)

@Composable
private fun Large(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier,
    icon: ImageVector?,
    colors: ButtonColors,
    border: BorderStroke? = null,
    isEnabled: Boolean = true,
) = Button(
    onClick,
    modifier.heightIn(min = 56.dp),
    isEnabled,
    colors = colors,
    border = border,
    contentPadding = PaddingValues(horizontal = Space.xl, vertical = Space.s),
) {
    if (icon != null) {
        Icon(icon, contentDescription = null, Modifier.size(24.dp))
        Spacer(Modifier.width(10.dp))
    }
    Text(text, style = Theme.type.button, textAlign = TextAlign.Center)
}

/** Words alone, among others. */
@Composable
fun QuietButton(
    words: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    color: Color = Color.Unspecified,
    style: TextStyle = Theme.type.label,
) = TextButton(onClick, modifier.heightIn(min = Space.touch)) { Text(words, color = color, style = style) }

/** A button that is only an icon; [name] is what a screen reader says. */
@Composable
fun NamedIconButton(
    icon: ImageVector,
    name: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
) = IconButton(onClick, modifier.size(Space.touch)) { Icon(icon, name, Modifier.size(24.dp)) }
