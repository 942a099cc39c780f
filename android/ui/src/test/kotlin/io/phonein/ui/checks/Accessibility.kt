package io.phonein.ui.checks

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertTrue

/** Shows the screen as on a phone of this size: the size of the test's own window does not matter. */
fun ComposeContentTestRule.show(
    look: Look = Look(),
    content: @Composable () -> Unit,
) = setContent {
    CompositionLocalProvider(LocalDensity provides Density(1f, look.fontScale)) {
        Box(Modifier.size(look.width.dp, look.height.dp)) { InApp(look, content) }
    }
}

/** What an accessibility scanner would say of what is shown, from the semantics alone. */
fun ComposeContentTestRule.checkTargets() {
    // What Material lays behind a sheet has a name and the size of the page, and no role.
    val scrim = hasContentDescription("Close sheet")
    val targets = onAllNodes((hasClickAction() or hasSetTextAction()) and !scrim).fetchSemanticsNodes()
    assertTrue("nothing can be pressed", targets.isNotEmpty())
    val least = with(density) { 48.dp.roundToPx() }
    // Not touchBoundsInRoot, which Compose widens to 48 dp by itself where there is room.
    val small = targets.filter { it.layoutInfo.width < least || it.layoutInfo.height < least }
    assertTrue("smaller than 48 dp: ${small.joinToString { "${it.words()} ${it.size}" }}", small.isEmpty())
    val nameless = targets.filter { it.words().isEmpty() }
    assertTrue("without a name: ${nameless.joinToString { "${it.config}" }}", nameless.isEmpty())
    val vague = targets.filter { SemanticsProperties.Role !in it.config && SemanticsActions.SetText !in it.config }
    assertTrue("without a role: ${vague.joinToString { it.words() }}", vague.isEmpty())
}

/** No text is cut, and no word is broken in its middle. */
fun ComposeContentTestRule.checkNothingIsCut() {
    val texts = onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsProperties.Text), useUnmergedTree = true).fetchSemanticsNodes()
    assertTrue("no text is shown", texts.isNotEmpty())
    val cut = texts.filter { it.layout()?.isCut(it.layoutInfo.width) ?: false }
    assertTrue("cut: ${cut.joinToString { it.words() }}", cut.isEmpty())
}

private fun SemanticsNode.words(): String {
    val description = config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
    val text = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
    val typed = config.getOrNull(SemanticsProperties.EditableText)?.text
    return (description + text + listOfNotNull(typed)).joinToString(" ").trim()
}

private fun SemanticsNode.layout(): TextLayoutResult? {
    val layouts = mutableListOf<TextLayoutResult>()
    config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(layouts)
    return layouts.singleOrNull()
}

// Not hasVisualOverflow: on the desktop it is true for every text narrower than its room.
private fun TextLayoutResult.isCut(room: Int): Boolean =
    didOverflowHeight ||
        (0 until lineCount).any { isLineEllipsized(it) || getLineRight(it) - getLineLeft(it) > minOf(size.width, room) + 1 } ||
        (0 until lineCount - 1).any { isInWord(getLineEnd(it)) }

private fun TextLayoutResult.isInWord(at: Int): Boolean {
    val text = layoutInput.text
    return at in 1 until text.length && text[at - 1].isLetter() && text[at].isLetter()
}
