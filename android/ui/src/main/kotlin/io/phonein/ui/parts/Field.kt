package io.phonein.ui.parts

import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Icon
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Theme

/**
 * A field of text.
 *
 * @param help stands under it while nothing is wrong.
 * @param wrong what is wrong, in words.
 * @param isCode a UUID or an address: it runs from left to right in every language.
 */
@Composable
fun Field(
    value: String,
    onChange: (String) -> Unit,
    label: String,
    modifier: Modifier = Modifier,
    help: String? = null,
    wrong: String? = null,
    isCode: Boolean = false,
    isSingleLine: Boolean = true,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    actions: KeyboardActions = KeyboardActions.Default,
) {
    val under: (@Composable () -> Unit)? =
        when {
            wrong != null -> ({ Wrong(wrong) })
            help != null -> ({ Text(help, style = Theme.type.support) })
            else -> null
        }
    OutlinedTextField(
        value,
        onChange,
        modifier.fillMaxWidth(),
        textStyle = Theme.type.body.copy(textDirection = if (isCode) TextDirection.Ltr else TextDirection.Content),
        label = { Text(label) },
        supportingText = under,
        isError = wrong != null,
        keyboardOptions = keyboard,
        keyboardActions = actions,
        singleLine = isSingleLine,
        shape = Corner.field,
    )
}

/** The reason beside a field. */
@Composable
fun Wrong(
    words: String,
    modifier: Modifier = Modifier,
) = Row(modifier) {
    Icon(Icons.Alert, contentDescription = null, Modifier.padding(end = 6.dp).size(18.dp), Theme.colors.error)
    Text(words, color = Theme.colors.error, style = Theme.type.support)
}
