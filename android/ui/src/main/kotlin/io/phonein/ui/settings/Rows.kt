package io.phonein.ui.settings

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import io.phonein.ui.parts.Wrong
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Rows that belong together. */
@Composable
internal fun Group(content: @Composable ColumnScope.() -> Unit) =
    Column(
        Modifier
            .fillMaxWidth()
            .clip(Corner.card)
            .background(Theme.colors.surfaceContainerLowest)
            .border(1.dp, Theme.colors.outlineVariant, Corner.card),
        content = content,
    )

/** What a row has to say about the change that was asked for. */
data class Progress(
    val isWorking: Boolean = false,
    val wrong: String? = null,
)

/** A setting that is changed elsewhere, or only read if there is no [onClick]. */
@Composable
internal fun SettingRow(
    icon: ImageVector,
    title: String,
    detail: String = "",
    onClick: (() -> Unit)? = null,
    isCode: Boolean = false,
    isLoss: Boolean = false,
    progress: Progress = Progress(),
) = Frame(
    if (onClick == null) Modifier.semantics(mergeDescendants = true) {} else Modifier.clickable(role = Role.Button, onClick = onClick),
    icon,
    title,
    detail,
    progress,
    isCode,
    isLoss,
) {
    if (onClick != null && !isLoss) Icon(Icons.Forward, contentDescription = null, Modifier.size(24.dp))
}

/** A setting that is on or off. */
@Composable
internal fun SwitchRow(
    icon: ImageVector,
    title: String,
    detail: String,
    isOn: Boolean,
    onChange: (Boolean) -> Unit,
    progress: Progress = Progress(),
) = Frame(Modifier.toggleable(isOn, role = Role.Switch, onValueChange = onChange), icon, title, detail, progress = progress) {
    val check: (@Composable () -> Unit)? = if (isOn) ({ Icon(Icons.Check, contentDescription = null, Modifier.size(16.dp)) }) else null
    Switch(isOn, onCheckedChange = null, thumbContent = check)
}

/** One of several. */
@Composable
internal fun ChoiceRow(
    title: String,
    isChosen: Boolean,
    onChoose: () -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .selectable(isChosen, role = Role.RadioButton, onClick = onChoose)
        .heightIn(min = 56.dp),
    Arrangement.spacedBy(Space.m),
    Alignment.CenterVertically,
) {
    RadioButton(isChosen, onClick = null)
    Text(title, style = Theme.type.body)
}

@Composable
private fun Frame(
    modifier: Modifier,
    icon: ImageVector,
    title: String,
    detail: String,
    progress: Progress,
    isCode: Boolean = false,
    isLoss: Boolean = false,
    end: @Composable () -> Unit,
) {
    val quiet = Theme.colors.onSurfaceVariant
    val lost = Theme.colors.error
    Row(
        modifier.fillMaxWidth().heightIn(min = 72.dp).padding(Space.l, Space.m),
        Arrangement.spacedBy(Space.l),
        Alignment.CenterVertically,
    ) {
        Icon(icon, contentDescription = null, Modifier.size(24.dp), if (isLoss) lost else quiet)
        Column(Modifier.weight(1f)) {
            Text(title, color = if (isLoss) lost else Color.Unspecified, style = Theme.type.body)
            if (detail.isNotEmpty()) {
                val direction = if (isCode) TextDirection.Ltr else TextDirection.Content
                Text(detail, color = quiet, style = Theme.type.support.copy(textDirection = direction))
            }
            if (progress.isWorking) LinearProgressIndicator(Modifier.fillMaxWidth().padding(top = Space.s))
            progress.wrong?.let { NotDone(it) }
        }
        CompositionLocalProvider(LocalContentColor provides quiet, content = end)
    }
}

/** Why it was not changed, said at once. */
@Composable
internal fun NotDone(words: String) =
    Wrong(words, Modifier.padding(top = Space.xs).semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive })
