package io.phonein.ui.settings

import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import io.phonein.core.Label
import io.phonein.core.PathChoice
import io.phonein.core.SettingsChange
import io.phonein.ui.parts.Field
import io.phonein.ui.text
import io.phonein.ui.theme.Theme

/** The question that is open over the page, if one is. */
@Composable
internal fun SettingsQuestions(
    state: SettingsState,
    actions: SettingsActions,
) {
    val left = state.left
    if (left != null) {
        Question(text(Label.REMOVE_INTERCOM), actions.onHome, no = text(Label.OK)) { Text(left, style = Theme.type.body) }
        return
    }
    when (state.asked) {
        Setting.NAME ->
            Typed(state, actions, Setting.NAME, Label.NAME, KeyboardOptions(KeyboardCapitalization.Words, imeAction = ImeAction.Done))
        Setting.ADDRESS ->
            Typed(
                state,
                actions,
                Setting.ADDRESS,
                Label.NETWORK_ADDRESS,
                KeyboardOptions(autoCorrectEnabled = false, keyboardType = KeyboardType.Uri, imeAction = ImeAction.Done),
            )
        Setting.PATHS -> PathChoice(state, actions)
        Setting.REMOVE -> Remove(state, actions)
        Setting.INNER_DOOR, Setting.ASK_FIRST, null -> {}
    }
}

@Composable
private fun Typed(
    state: SettingsState,
    actions: SettingsActions,
    setting: Setting,
    label: Label,
    keyboard: KeyboardOptions,
) {
    val (isWorking, wrong) = state.progress(setting)
    Question(text(label), actions.onClose, text(Label.SAVE), actions.onSave, progress = Progress(isWorking)) {
        Field(
            state.typed,
            actions.onType,
            text(label),
            wrong = wrong,
            isCode = setting == Setting.ADDRESS,
            keyboard = keyboard,
            actions = KeyboardActions(onDone = { actions.onSave() }),
        )
    }
}

@Composable
private fun PathChoice(
    state: SettingsState,
    actions: SettingsActions,
) = Question(text(Label.PATHS), actions.onClose, progress = state.progress(Setting.PATHS)) {
    for (paths in PathChoice.entries) {
        val onChoose = { actions.onChange(Setting.PATHS, SettingsChange.Paths(paths)) }
        ChoiceRow(text(paths.label), isChosen = paths == state.settings?.paths, onChoose)
    }
}

@Composable
private fun Remove(
    state: SettingsState,
    actions: SettingsActions,
) {
    val forgetting = state.forgetting
    val yes = if (forgetting == null) null else text(Label.REMOVE_BUTTON)
    Question(
        text(Label.REMOVE_INTERCOM),
        actions.onClose,
        yes,
        actions.onRemove,
        isLoss = true,
        progress = state.progress(Setting.REMOVE),
    ) { Text(forgetting?.words.orEmpty(), style = Theme.type.body) }
}
