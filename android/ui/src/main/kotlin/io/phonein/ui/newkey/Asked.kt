package io.phonein.ui.newkey

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalWindowInfo
import androidx.compose.ui.unit.dp
import io.phonein.core.DateChoice
import io.phonein.core.KeyField
import io.phonein.core.Label
import io.phonein.core.TimeChoice
import io.phonein.core.WizardState
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text

/** What is being chosen over the page. */
internal enum class Asked(
    val kind: Kind,
    val label: Label,
    val field: KeyField? = null,
) {
    ICON(Kind.ICON, Label.ICON),
    START_DATE(Kind.DATE, Label.START_DATE, KeyField.START_DATE),
    START_TIME(Kind.TIME, Label.START_TIME, KeyField.START_TIME),
    EXPIRY_DATE(Kind.DATE, Label.EXPIRATION_DATE, KeyField.EXPIRY_DATE),
    EXPIRY_TIME(Kind.TIME, Label.EXPIRATION_TIME, KeyField.EXPIRY_TIME),
    USES(Kind.USES, Label.NUMBER_OF_USES, KeyField.USES),
    FROM(Kind.DATE, Label.START_DATE, KeyField.FROM),
    UNTIL(Kind.DATE, Label.END_DATE, KeyField.UNTIL),
    WINDOW_START(Kind.TIME, Label.START_TIME, KeyField.WINDOW_START),
    WINDOW_END(Kind.TIME, Label.END_TIME, KeyField.WINDOW_END),
    ;

    enum class Kind { ICON, DATE, TIME, USES }
}

/** Lets the person choose it. */
@Composable
internal fun Ask(
    asked: Asked?,
    page: WizardState,
    state: NewKeyState,
    actions: NewKeyActions,
    onClose: () -> Unit,
) {
    when (asked?.kind) {
        null -> {}
        Asked.Kind.ICON -> Categories(page, actions, onClose)
        Asked.Kind.USES -> NumberOfUses(page, state, actions, onClose)
        Asked.Kind.DATE -> {
            val field = checkNotNull(asked.field)
            // A switch may have taken the field away.
            val date = page.date(field) ?: return
            DateDialog(text(asked.label), date.date, isTyped(), { actions.onDate(field, it) }, onClose)
        }
        Asked.Kind.TIME -> {
            val field = checkNotNull(asked.field)
            val time = page.time(field) ?: return
            TimeDialog(text(asked.label), time.time, state.dayClock, isTyped(), { actions.onTime(field, it) }, onClose)
        }
    }
}

/** Material's calendar and dial need 360 dp, and text that is not large. */
@Composable
private fun isTyped(): Boolean {
    val window = LocalWindowInfo.current.containerSize
    return isTextLarge() || with(LocalDensity.current) { window.width.toDp() < 360.dp || window.height.toDp() < 568.dp }
}

@Composable
private fun Categories(
    page: WizardState,
    actions: NewKeyActions,
    onClose: () -> Unit,
) = Choices(text(Label.ICON), onClose) {
    items(page.categories) {
        Choice(
            it.name,
            it.category == page.category,
            {
                actions.onCategory(it.category)
                onClose()
            },
            it.category.icon,
        )
    }
}

@Composable
private fun NumberOfUses(
    page: WizardState,
    state: NewKeyState,
    actions: NewKeyActions,
    onClose: () -> Unit,
) {
    val chosen = page.singleUse?.usesWords
    val first = state.uses.indexOfFirst { it.words == chosen }.coerceAtLeast(0)
    Choices(text(Label.NUMBER_OF_USES), onClose, first = (first - 1).coerceAtLeast(0)) {
        items(state.uses) {
            Choice(it.words, it.words == chosen, {
                actions.onUses(it.uses)
                onClose()
            })
        }
    }
}

private fun WizardState.date(field: KeyField): DateChoice? =
    when (field) {
        KeyField.START_DATE -> singleUse?.startDate
        KeyField.EXPIRY_DATE -> singleUse?.expiryDate
        KeyField.FROM -> weekly?.from
        KeyField.UNTIL -> weekly?.until
        else -> null
    }

private fun WizardState.time(field: KeyField): TimeChoice? =
    when (field) {
        KeyField.START_TIME -> singleUse?.startTime
        KeyField.EXPIRY_TIME -> singleUse?.expiryTime
        KeyField.WINDOW_START -> weekly?.start
        KeyField.WINDOW_END -> weekly?.end
        else -> null
    }
