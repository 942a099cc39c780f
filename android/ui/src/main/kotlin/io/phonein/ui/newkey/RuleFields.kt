package io.phonein.ui.newkey

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyField
import io.phonein.core.SingleUse
import io.phonein.core.WeeklyHours
import io.phonein.core.WizardState
import io.phonein.ui.parts.Line
import io.phonein.ui.parts.Wrong
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space

/** When a single-use key starts and expires, and how often it opens. */
@Composable
internal fun SingleUseFields(
    fields: SingleUse,
    page: WizardState,
    places: Places,
    onAsk: (Asked) -> Unit,
) {
    Line()
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) {
        Two(
            Half(Asked.START_DATE, fields.startDate.words),
            Half(Asked.START_TIME, fields.startTime.words),
            page,
            places,
            onAsk,
        )
        Two(
            Half(Asked.EXPIRY_DATE, fields.expiryDate.words),
            Half(Asked.EXPIRY_TIME, fields.expiryTime.words),
            page,
            places,
            onAsk,
        )
        ChoiceField(
            text(Asked.USES.label),
            fields.usesWords,
            { onAsk(Asked.USES) },
            Modifier.fillMaxWidth().inPlace(places, KeyField.USES),
            icon = Icons.Down,
        )
    }
}

/** On which days a recurring key opens, from when to when. */
@Composable
internal fun WeeklyFields(
    fields: WeeklyHours,
    page: WizardState,
    places: Places,
    onDay: (Int) -> Unit,
    onAsk: (Asked) -> Unit,
) {
    Weekdays(fields.days, page.wrong(KeyField.DAYS), onDay, Modifier.inPlace(places, KeyField.DAYS))
    Line()
    Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) {
        Two(
            Half(Asked.FROM, fields.from.words),
            Half(Asked.UNTIL, fields.until.words),
            page,
            places,
            onAsk,
        )
        Two(
            Half(Asked.WINDOW_START, fields.start.words),
            Half(Asked.WINDOW_END, fields.end.words),
            page,
            places,
            onAsk,
        )
    }
}

private class Half(
    val asked: Asked,
    val words: String,
) {
    val field get() = checkNotNull(asked.field)
    val isDate get() = asked.kind == Asked.Kind.DATE
}

/** Two fields beside each other where there is room, and what is wrong with them. */
@Composable
private fun Two(
    one: Half,
    other: Half,
    page: WizardState,
    places: Places,
    onAsk: (Asked) -> Unit,
) = BoxWithConstraints(Modifier.inPlace(places, one.field, other.field)) {
    val isBeside = !isTextLarge() && maxWidth >= 280.dp
    // A date beside a time takes more of the room, if there is room for its icon.
    val isUneven = one.isDate && !other.isDate && maxWidth >= 330.dp
    val half: @Composable (Half, Modifier) -> Unit = { it, modifier ->
        ChoiceField(
            text(it.asked.label),
            it.words,
            { onAsk(it.asked) },
            modifier,
            page.wrong(it.field),
            if (it.isDate && (isUneven || !isBeside)) Icons.Calendar else null,
        )
    }
    Column {
        if (isBeside) {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
                half(one, Modifier.weight(if (isUneven) 1.5f else 1f))
                half(other, Modifier.weight(1f))
            }
        } else {
            Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
                half(one, Modifier.fillMaxWidth())
                half(other, Modifier.fillMaxWidth())
            }
        }
        (page.wrong(one.field) ?: page.wrong(other.field))?.let { Wrong(it, Modifier.padding(top = 6.dp)) }
    }
}
