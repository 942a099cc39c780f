package io.phonein.ui.newkey

import androidx.compose.animation.animateContentSize
import androidx.compose.animation.core.snap
import androidx.compose.animation.core.tween
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.SwitchDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** What belongs together. Fields that come by a switch grow out of it. */
@Composable
internal fun Card(content: @Composable ColumnScope.() -> Unit) =
    Surface(
        Modifier.fillMaxWidth(),
        Corner.card,
        Theme.colors.surfaceContainerLowest,
        border = BorderStroke(1.dp, Theme.colors.outlineVariant),
    ) { Column(Modifier.animateContentSize(if (LocalReducedMotion.current) snap() else tween(200)), content = content) }

/** What is switched on or off here; all of the row is the switch. */
@Composable
internal fun Switched(
    words: String,
    isOn: Boolean,
    onSwitch: (Boolean) -> Unit,
) = Row(
    Modifier
        .fillMaxWidth()
        .toggleable(isOn, role = Role.Switch, onValueChange = onSwitch)
        .heightIn(min = 56.dp)
        .padding(Space.l, 6.dp),
    Arrangement.spacedBy(Space.l),
    Alignment.CenterVertically,
) {
    Text(words, Modifier.weight(1f), style = Theme.type.body)
    val check: (@Composable () -> Unit)? =
        if (isOn) ({ Icon(Icons.Check, contentDescription = null, Modifier.size(SwitchDefaults.IconSize)) }) else null
    Switch(isOn, onCheckedChange = null, thumbContent = check)
}

/** The room around a field of a card. */
internal fun Modifier.inCard() = padding(start = Space.l, end = Space.l, bottom = Space.l)
