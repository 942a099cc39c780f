package io.phonein.desktop

import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeTimeoutException
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.ComposeTestRule

/** Until what was pressed shows: an intercom in another process has to answer first. */
const val LONG_MS = 30_000L

/** Waits until [isSo]; if it never is, the failure says what is on the screen instead. */
fun ComposeTestRule.waitFor(
    what: String,
    isSo: () -> Boolean,
) = try {
    waitUntil(what, LONG_MS, isSo)
} catch (late: ComposeTimeoutException) {
    throw AssertionError("not seen: $what. On the screen: ${wordsOnScreen()}", late)
}

/** Waits until it is on the screen. */
fun ComposeTestRule.waitFor(what: SemanticsMatcher) = waitFor(what.description) { isShown(what) }

/** Waits until these words are. */
fun ComposeTestRule.waitFor(words: String) = waitFor(hasText(words))

/** Whether it is there now. */
fun ComposeTestRule.isShown(what: SemanticsMatcher) = nodes(what).isNotEmpty()

/** Whether these words are. */
fun ComposeTestRule.isShown(words: String) = isShown(hasText(words))

private fun ComposeTestRule.nodes(what: SemanticsMatcher) = onAllNodes(what, useUnmergedTree = true).fetchSemanticsNodes()

private fun ComposeTestRule.wordsOnScreen() =
    nodes(SemanticsMatcher("anything") { true }).flatMap(::words).joinToString(" · ")

private fun words(node: SemanticsNode) =
    node.config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
        node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty().map { "[$it]" }
