package io.phonein.ui.welcome

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.RoundRect
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.scale
import androidx.compose.ui.graphics.drawscope.translate
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.phonein.core.HomeNote
import io.phonein.core.Label
import io.phonein.ui.home.Note
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.OutlineButton
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Nothing is here yet. */
@Composable
fun WelcomeScreen(
    onAdd: () -> Unit,
    onSentKey: () -> Unit,
    notes: List<HomeNote> = emptyList(),
    onDismiss: (String) -> Unit = {},
) = CompositionLocalProvider(LocalContentColor provides Theme.meanings.onStage) {
    BoxWithConstraints(Modifier.fillMaxSize().background(Theme.meanings.stage).safeDrawingPadding()) {
        val least = maxHeight
        // The doorway takes what the words leave.
        Column(Modifier.verticalScroll(rememberScrollState()).heightIn(min = least), Arrangement.Bottom, Alignment.CenterHorizontally) {
            for (note in notes) Note(note, {}, onDismiss, Modifier.widthIn(max = 560.dp).padding(Space.l, Space.s))
            Doorway((least - 370.dp).coerceIn(140.dp, 430.dp))
            Spacer(Modifier.fillMaxWidth().height(2.dp).background(Theme.meanings.ringTrack))
            Column(Modifier.widthIn(max = 560.dp).padding(Space.xxl), horizontalAlignment = Alignment.CenterHorizontally) {
                Text(text(Label.WELCOME_TITLE), Modifier.semantics { heading() }, textAlign = TextAlign.Center, style = Theme.type.headline)
                Text(
                    text(Label.WELCOME_TEXT),
                    Modifier.padding(top = 10.dp, bottom = Space.xxl),
                    Theme.meanings.onStageVariant,
                    textAlign = TextAlign.Center,
                    style = Theme.type.body,
                )
                AccessButton(text(Label.ADD_NEW_DEVICE), onAdd, Modifier.fillMaxWidth(), Icons.Plus)
                Spacer(Modifier.height(Space.m))
                OutlineButton(text(Label.SENT_KEY), onSentKey, Modifier.fillMaxWidth(), Icons.Key)
            }
        }
    }
}

/** The sign of the app: a keyhole in a doorway. */
@Composable
private fun Doorway(height: Dp) {
    val (arch, aqua) = Theme.meanings.stageArch to Theme.meanings.discOpen
    val door = remember { PathParser().parsePathString(DOOR).toPath() }
    val keyhole = remember { PathParser().parsePathString(KEYHOLE).toPath() }
    Canvas(Modifier.fillMaxWidth().height(height)) {
        val width = size.height * 316f / 430f
        val left = (size.width - width) / 2
        val radius = CornerRadius(width / 2)
        val round = RoundRect(Rect(left, 0f, left + width, size.height), topLeft = radius, topRight = radius)
        drawPath(Path().apply { addRoundRect(round) }, arch)
        // The drawing's ground is at 78, its middle at 54.
        val factor = size.height * 290f / 430f / 46f
        translate(size.width / 2 - 54f * factor, size.height - 78f * factor) {
            scale(factor, pivot = androidx.compose.ui.geometry.Offset.Zero) {
                drawPath(door, aqua)
                drawPath(keyhole, arch)
            }
        }
    }
}

private const val DOOR = "M35 78V51a19 19 0 0 1 38 0V78z"
private const val KEYHOLE = "M54 40.5a9.5 9.5 0 0 1 5.2 17.45L63 72.5H45L48.8 57.95A9.5 9.5 0 0 1 54 40.5z"
