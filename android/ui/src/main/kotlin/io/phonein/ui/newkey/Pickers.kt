package io.phonein.ui.newkey

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.DisplayMode
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Text
import androidx.compose.material3.TimeInput
import androidx.compose.material3.TimePicker
import androidx.compose.material3.TimePickerDialog
import androidx.compose.material3.TimePickerDialogDefaults
import androidx.compose.material3.TimePickerDisplayMode
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import io.phonein.core.CalendarDate
import io.phonein.core.ClockTime
import io.phonein.core.DayClock
import io.phonein.core.Label
import io.phonein.core.toJavaLocalDate
import io.phonein.core.toPhonein
import io.phonein.ui.OnBack
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.text
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import java.time.LocalDate

private const val DAY_MS = 86_400_000L

/** The largest text for which Material's hours and minutes have room; they are large as they are. */
private const val MOST_SCALE = 1.3f

/**
 * Lets the person choose a date.
 *
 * @param title which.
 * @param isTyped whether there is no room for a calendar.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DateDialog(
    title: String,
    date: CalendarDate,
    isTyped: Boolean,
    onDate: (CalendarDate) -> Unit,
    onClose: () -> Unit,
) {
    OnBack(isEnabled = true, onClose)
    // The picker's days begin at midnight UTC, wherever the phone is.
    val state =
        rememberDatePickerState(
            initialSelectedDateMillis = date.toJavaLocalDate().toEpochDay() * DAY_MS,
            initialDisplayMode = if (isTyped) DisplayMode.Input else DisplayMode.Picker,
        )
    val onOk = {
        state.selectedDateMillis?.let { onDate(LocalDate.ofEpochDay(it.floorDiv(DAY_MS)).toPhonein()) }
        onClose()
    }
    if (isTyped) {
        AlertDialog(
            onClose,
            confirmButton = { QuietButton(text(Label.OK), onOk) },
            dismissButton = { QuietButton(text(Label.CANCEL), onClose) },
            title = { Title(title) },
            text = { DatePicker(state, Modifier.verticalScroll(rememberScrollState()), title = null, headline = null, showModeToggle = false) },
        )
    } else {
        DatePickerDialog(
            onClose,
            confirmButton = { QuietButton(text(Label.OK), onOk) },
            dismissButton = { QuietButton(text(Label.CANCEL), onClose) },
        ) {
            val head = Modifier.padding(Space.xl, Space.l, Space.xl, 0.dp)
            DatePicker(state, Modifier.verticalScroll(rememberScrollState()), title = { Title(title, head) })
        }
    }
}

/**
 * Lets the person choose a time.
 *
 * @param title which.
 * @param isTyped whether there is no room for a dial.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun TimeDialog(
    title: String,
    time: ClockTime,
    clock: DayClock,
    isTyped: Boolean,
    onTime: (ClockTime) -> Unit,
    onClose: () -> Unit,
) {
    OnBack(isEnabled = true, onClose)
    val state = rememberTimePickerState(time.hour, time.minute, is24Hour = clock == DayClock.TWENTY_FOUR)
    var mode by rememberSaveable { mutableStateOf(isTyped) }
    TimePickerDialog(
        onClose,
        confirmButton = {
            QuietButton(text(Label.OK), {
                onTime(ClockTime(state.hour, state.minute))
                onClose()
            })
        },
        title = { Title(title, Modifier.padding(bottom = Space.l)) },
        dismissButton = { QuietButton(text(Label.CANCEL), onClose) },
        modeToggleButton =
            if (isTyped) {
                null
            } else {
                {
                    val now = if (mode) TimePickerDisplayMode.Input else TimePickerDisplayMode.Picker
                    TimePickerDialogDefaults.DisplayModeToggle(onDisplayModeChange = { mode = !mode }, displayMode = now)
                }
            },
    ) {
        val density = LocalDensity.current
        CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale.coerceAtMost(MOST_SCALE))) {
            if (mode) TimeInput(state) else TimePicker(state)
        }
    }
}

@Composable
private fun Title(
    words: String,
    modifier: Modifier = Modifier,
) = Text(words, modifier, color = Theme.colors.onSurfaceVariant, style = Theme.type.label)
