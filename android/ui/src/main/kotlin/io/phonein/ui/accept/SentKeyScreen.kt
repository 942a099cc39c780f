package io.phonein.ui.accept

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Field
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.ScanButton
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.scanning
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space

/** *I was sent a key*, over its view model. */
@Composable
fun SentKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { SentKeyModel(phonein) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val shell = LocalShell.current
    LaunchedEffect(state.read) {
        state.read?.let { navigation.open(Route.Accept(it)) }
        model.readShown()
    }
    val actions =
        SentKeyActions(
            onLink = model::onLink,
            onPaste = { shell.paste()?.let(model::onWhole) },
            onScan = scanning(model::onWhole),
            onContinue = model::onContinue,
            onBack = navigation::back,
        )
    SentKeyScreen(state, actions)
}

/** What can be done on *I was sent a key*; without [onScan] there is no camera. */
class SentKeyActions(
    val onLink: (String) -> Unit,
    val onPaste: () -> Unit,
    val onScan: (() -> Unit)?,
    val onContinue: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun SentKeyScreen(
    state: SentKeyState,
    actions: SentKeyActions,
) = Page(
    text(Label.SENT_KEY),
    actions.onBack,
    dock = { AccessButton(text(Label.CONTINUE), actions.onContinue, Modifier.fillMaxWidth()) },
) {
    Notice(text(Label.LINK_HELP), icon = Icons.Qr)
    Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        Field(
            state.link,
            actions.onLink,
            text(Label.LINK),
            Modifier.weight(1f),
            wrong = state.wrong,
            isCode = true,
            keyboard = KeyboardOptions(autoCorrectEnabled = false, keyboardType = KeyboardType.Uri, imeAction = ImeAction.Go),
            actions = KeyboardActions { actions.onContinue() },
        )
        actions.onScan?.let { ScanButton(it) }
    }
    TonalButton(text(Label.PASTE), actions.onPaste, Modifier.fillMaxWidth())
}
