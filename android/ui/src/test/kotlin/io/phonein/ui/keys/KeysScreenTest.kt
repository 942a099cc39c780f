package io.phonein.ui.keys

import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performTextInput
import io.phonein.core.Keep
import io.phonein.core.KeyCategory
import io.phonein.core.KeyStatus
import io.phonein.ui.checks.show
import io.phonein.ui.home.TabContent
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

class KeysScreenTest {
    @get:Rule
    val compose = createComposeRule()

    private val done = mutableListOf<String>()
    private var seen = 0
    private val actions =
        KeysActions(
            { done += "open ${it.name}" },
            { done += "details ${it.name}" },
            { done += "edit ${it.name}" },
            { done += "share ${it.name}" },
            { done += "delete ${it.name}" },
            { done += "search $it" },
            { seen = it },
            { done += "sent key" },
        )
    private var state by mutableStateOf(KeysState("1", keys = rows))

    private fun show(takesLinks: Boolean = false) =
        compose.show { KeysList(TabContent("1", {}, {}, PaddingValues(), takesLinks), state, actions) }

    private fun menuOf(name: String) = compose.onNodeWithContentDescription("$name, What to do with this key").performClick()

    @Test
    fun `a guest finds under the keys where the next link is put in`() {
        state = KeysState("1", keys = rows.take(1))
        show(takesLinks = true)
        compose.onNodeWithText("I was sent a key").performClick()
        assertEquals(listOf("sent key"), done)
    }

    @Test
    fun `a tap on an active key opens, on another it shows its page`() {
        show()
        compose.onNodeWithText("Food Delivery").assert(saysOnTap("Open the door")).performClick()
        compose.onNodeWithText("Garden party").assert(saysOnTap("Details")).performClick()
        assertEquals(listOf("open Food Delivery", "details Garden party"), done)
    }

    private fun saysOnTap(words: String) =
        SemanticsMatcher("says $words") { it.config.getOrElseNullable(SemanticsActions.OnClick) { null }?.label == words }

    @Test
    fun `the gear of a manager's key`() {
        show()
        for (choice in listOf("Details", "Edit", "Share", "Delete")) {
            menuOf("Cleaner")
            compose.onNodeWithText(choice).performClick()
        }
        assertEquals(listOf("details Cleaner", "edit Cleaner", "share Cleaner", "delete Cleaner"), done)
    }

    @Test
    fun `the gear of a guest's key`() {
        state = KeysState("1", keys = listOf(guestsRow))
        show()
        menuOf("Cleaner")
        compose.onNodeWithText("Edit").assertDoesNotExist()
        compose.onNodeWithText("Share").assertDoesNotExist()
        compose.onNodeWithText("Remove from this phone").performClick()
        assertEquals(listOf("delete Cleaner"), done)
    }

    @Test
    fun `a deleted key can only be looked at`() {
        state = KeysState("1", keys = listOf(row("Old", KeyCategory.FRIEND, "Friend", KeyStatus.DeletedWaiting, "Deleted")))
        show()
        menuOf("Old")
        compose.onNodeWithText("Delete").assertDoesNotExist()
        compose.onNodeWithText("Details").performClick()
        assertEquals(listOf("details Old"), done)
    }

    @Test
    fun `many keys are searched, and the last on screen is told`() {
        show()
        compose.onNodeWithText("Search keys").assertDoesNotExist()
        val many = List(50) { row("Key $it", KeyCategory.FRIEND, "Friend", KeyStatus.Active, "Active") }
        state = KeysState("1", keys = many, isSearchable = true)
        compose.onNodeWithText("Search keys").performTextInput("cl")
        assertEquals(listOf("search cl"), done)
        compose.onNode(hasScrollToNodeAction()).performScrollToIndex(50)
        compose.waitForIdle()
        assertEquals(50, seen)
    }

    @Test
    fun `of ten thousand keys only those on screen are drawn`() {
        state = KeysState("1", keys = List(10_000) { row("Key $it", KeyCategory.FRIEND, "Friend", KeyStatus.Active, "Active") })
        show()
        val drawn = { compose.onAllNodesWithText("Key ", substring = true).fetchSemanticsNodes().size }
        assertTrue("${drawn()}", drawn() in 5..40)
        compose.onNode(hasScrollToNodeAction()).performScrollToIndex(9_999)
        compose.onNodeWithText("Key 9999").assertIsDisplayed()
        assertTrue("${drawn()}", drawn() in 5..40)
    }

    @Test
    fun `a guest without keys is asked for a link`() {
        state = KeysState("1", keys = emptyList(), empty = noneSent)
        show()
        compose.onNodeWithText("I was sent a key").performClick()
        assertEquals(listOf("sent key"), done)
    }

    @Test
    fun `an overtaken key asks whose change counts`() {
        val kept = mutableListOf<Keep>()
        compose.show { KeyScreen(KeyState(details(rows[8], overtaken)), null, KeyActions({}, {}, {}, { kept += it }, {})) }
        compose.onNodeWithText(overtaken.mineWords).assertExists()
        compose.onNodeWithText(checkNotNull(overtaken.theirsWords)).assertExists()
        compose.onNodeWithText("TAKE THEIRS").performClick()
        compose.onNodeWithText("KEEP MINE").performClick()
        assertEquals(listOf(Keep.THEIRS, Keep.MINE), kept)
    }
}
