package io.phonein.ui.newkey

import androidx.compose.animation.Crossfade
import androidx.compose.animation.core.snap
import androidx.compose.animation.core.tween
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.unit.dp
import io.phonein.core.Label
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import kotlinx.coroutines.delay

/** How long the words must have stood before they are read out: whoever types is not interrupted. */
private const val SETTLED_MS = 700L

/** The rule as a sentence, or what is wrong, and the two ways on. */
@Composable
internal fun Dock(
    state: NewKeyState,
    onBack: () -> Unit,
    onSave: () -> Unit,
) {
    val page = state.page ?: return
    val wrong = state.failure?.sentence ?: page.reason
    Says(wrong ?: page.sentence, isWrong = wrong != null)
    val save = text(if (page.editing) Label.SAVE else Label.CREATE_KEY)
    if (isTextLarge()) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
            AccessButton(save, onSave, Modifier.fillMaxWidth())
            TonalButton(text(Label.BACK_BUTTON), onBack, Modifier.fillMaxWidth())
        }
    } else {
        BoxWithConstraints {
            val icon = if (maxWidth < 320.dp) null else Icons.Key
            Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
                TonalButton(text(Label.BACK_BUTTON), onBack)
                AccessButton(save, onSave, Modifier.weight(1f), icon)
            }
        }
    }
}

@Composable
private fun Says(
    words: String?,
    isWrong: Boolean,
) {
    var spoken by remember { mutableStateOf(words) }
    LaunchedEffect(words) {
        delay(SETTLED_MS)
        spoken = words
    }
    Crossfade(
        words to isWrong,
        Modifier.clearAndSetSemantics {
            liveRegion = LiveRegionMode.Polite
            contentDescription = spoken.orEmpty()
        },
        if (LocalReducedMotion.current) snap() else tween(150),
    ) { (words, isWrong) -> if (words != null) Sentence(words, isWrong) }
}

@Composable
private fun Sentence(
    words: String,
    isWrong: Boolean,
) = Row(Modifier.fillMaxWidth().padding(start = 6.dp, end = 6.dp, bottom = Space.l), Arrangement.spacedBy(14.dp)) {
    val color = if (isWrong) Theme.colors.error else Theme.colors.primary
    Icon(if (isWrong) Icons.Alert else Icons.Key, contentDescription = null, Modifier.size(24.dp), color)
    Text(words, color = if (isWrong) Theme.colors.error else Theme.colors.onSurface, style = Theme.type.sentence)
}
