package io.phonein.ui.parts

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.FilledTonalIconButton
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButtonDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.core.Label
import io.phonein.ui.LocalShell
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import kotlinx.coroutines.launch

/** The tile beside a field whose text can be scanned. */
@Composable
fun ScanButton(onScan: () -> Unit) =
    FilledTonalIconButton(
        onScan,
        // Beside the field, below the line on which its label stands.
        Modifier.padding(top = Space.s).size(56.dp),
        shape = Corner.tile,
        colors =
            IconButtonDefaults.filledTonalIconButtonColors(
                containerColor = Theme.colors.primaryContainer,
                contentColor = Theme.colors.onPrimaryContainer,
            ),
    ) { Icon(Icons.Qr, text(Label.SCAN_CODE)) }

/** Scans a code and hands on what it says; `null` where there is no camera. */
@Composable
internal fun scanning(onCode: (String) -> Unit): (() -> Unit)? {
    val shell = LocalShell.current
    val scope = rememberCoroutineScope()
    if (!shell.hasScanner) return null
    return { scope.launch { shell.scan()?.let(onCode) } }
}
