package io.phonein.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import io.phonein.core.Label
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.text
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/**
 * Something to type or to answer before a setting changes.
 *
 * @param yes what [onYes] is called; without it the content itself is the answer.
 * @param no what closing it is called.
 */
@Composable
internal fun Question(
    title: String,
    onClose: () -> Unit,
    yes: String? = null,
    onYes: () -> Unit = {},
    no: String = text(Label.CANCEL),
    isLoss: Boolean = false,
    progress: Progress = Progress(),
    content: @Composable ColumnScope.() -> Unit,
) = AlertDialog(
    onClose,
    confirmButton = {
        val color = if (isLoss) Theme.colors.error else Theme.colors.primary
        if (yes != null) QuietButton(yes, onYes, color = color, style = Theme.type.button)
    },
    dismissButton = { QuietButton(no, onClose, color = Theme.colors.primary, style = Theme.type.button) },
    title = { Text(title, style = Theme.type.title) },
    text = {
        Column(Modifier.verticalScroll(rememberScrollState()), Arrangement.spacedBy(Space.s)) {
            content()
            if (progress.isWorking) LinearProgressIndicator(Modifier.fillMaxWidth())
            progress.wrong?.let { NotDone(it) }
        }
    },
    containerColor = Theme.colors.surfaceContainerHigh,
)
