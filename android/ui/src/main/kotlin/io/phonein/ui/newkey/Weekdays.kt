package io.phonein.ui.newkey

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.core.DayChoice
import io.phonein.ui.parts.Wrong
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** The weekdays, in one row where seven fit. */
@Composable
internal fun Weekdays(
    days: List<DayChoice>,
    wrong: String?,
    onDay: (Int) -> Unit,
    modifier: Modifier,
) = Column(modifier.padding(start = 14.dp, end = 14.dp, bottom = Space.m)) {
    BoxWithConstraints(Modifier.fillMaxWidth()) {
        val isOneRow = !isTextLarge() && maxWidth >= Space.touch * days.size
        FlowRow(
            Modifier.fillMaxWidth(),
            if (isOneRow) Arrangement.SpaceBetween else Arrangement.spacedBy(Space.s),
            maxItemsInEachRow = if (isOneRow) days.size else 4,
        ) { days.forEachIndexed { at, day -> Weekday(day, wrong) { onDay(at) } } }
    }
    if (wrong != null) Wrong(wrong, Modifier.padding(top = Space.xs))
}

@Composable
private fun Weekday(
    day: DayChoice,
    wrong: String?,
    onClick: () -> Unit,
) = Box(
    Modifier
        .size(Space.touch)
        .clip(CircleShape)
        .selectable(day.chosen, role = Role.Checkbox, onClick = onClick)
        .semantics {
            contentDescription = day.name
            if (wrong != null) error(wrong)
        },
    Alignment.Center,
) {
    val colors = Theme.colors
    val edge =
        when {
            wrong != null -> Modifier.border(2.dp, colors.error, CircleShape)
            day.chosen -> Modifier
            else -> Modifier.border(1.dp, colors.outline, CircleShape)
        }
    Box(
        Modifier.size(42.dp).background(if (day.chosen) colors.primary else Color.Transparent, CircleShape).then(edge),
        Alignment.Center,
    ) {
        Text(
            day.letter,
            Modifier.clearAndSetSemantics {},
            color = if (day.chosen) colors.onPrimary else colors.onSurfaceVariant,
            style = Theme.type.label,
        )
    }
}
