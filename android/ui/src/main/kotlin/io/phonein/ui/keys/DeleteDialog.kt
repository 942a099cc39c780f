package io.phonein.ui.keys

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.BasicAlertDialog
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.phonein.core.Label
import io.phonein.ui.parts.Tile
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Asked once before a key goes. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DeleteDialog(
    asked: DeleteQuestion,
    onDelete: () -> Unit,
    onKeep: () -> Unit,
) = BasicAlertDialog(onKeep) {
    Surface(shape = Corner.dialog, color = Theme.colors.surfaceContainerLow) {
        Column(
            Modifier.fillMaxWidth().verticalScroll(rememberScrollState()).padding(Space.xl),
            Arrangement.spacedBy(Space.m),
            Alignment.CenterHorizontally,
        ) {
            Tile(Icons.Delete, container = Theme.colors.errorContainer, content = Theme.colors.onErrorContainer)
            Text(asked.told.title, Modifier.semantics { heading() }, style = Theme.type.title, textAlign = TextAlign.Center)
            Text(asked.told.detail, color = Theme.colors.onSurfaceVariant, style = Theme.type.body, textAlign = TextAlign.Center)
            Button(
                onDelete,
                Modifier.padding(top = Space.s).fillMaxWidth().heightIn(min = 56.dp),
                colors = ButtonDefaults.buttonColors(Theme.colors.error, Theme.colors.onError),
            ) { Text(asked.yes, style = Theme.type.button) }
            TextButton(onKeep, Modifier.fillMaxWidth().heightIn(min = 56.dp)) {
                Text(text(Label.KEEP), style = Theme.type.button)
            }
        }
    }
}
