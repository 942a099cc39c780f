package io.phonein.ui.created

import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import io.phonein.core.KeyStatus
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class CreatedScreenTest {
    @get:Rule
    val compose = createComposeRule()

    private val done = mutableListOf<Any>()
    private val actions =
        CreatedActions(
            { done += "share ${it.text}" },
            { done += "copy ${it.link}" },
            { done += "held out" },
            { done += "for others" },
            { done += "new phone" },
            { done += it },
            { done += "no uses" },
            { done += "done" },
        )

    private fun show(
        state: CreatedState,
        isNew: Boolean = true,
    ) = compose.show { CreatedScreen(state, actions, isNew) }

    private val created = CreatedState(key(KeyStatus.Active, "Active"), share)

    @Test
    fun `the text goes to the share sheet, the link alone to the clipboard`() {
        show(created)
        compose.onNodeWithText("SHARE").performClick()
        compose.onNodeWithText("Copy the link").performScrollTo().performClick()
        assertEquals(listOf<Any>("share ${share.text}", "copy ${share.link}"), done)
    }

    @Test
    fun `a tap on the code makes it all there is, a tap on that puts it away`() {
        show(created)
        compose.onNodeWithContentDescription("QR code of this key's link").performClick()
        assertEquals(listOf<Any>("held out"), done)
        compose.onAllNodes(hasClickAction()).assertCountEquals(1)
        compose.onNodeWithContentDescription("QR code of this key's link").performClick()
        compose.onNodeWithText("Key created").assertExists()
    }

    @Test
    fun `a key that somebody has is not shared before it is said for whom`() {
        show(CreatedState(key(KeyStatus.Held("Béla"), "On Béla's phone"), again = held), isNew = false)
        compose.onNodeWithText("SHARE").assertDoesNotExist()
        compose.onNodeWithText("For someone else").performClick()
        compose.onNodeWithText("New phone, same person").performClick()
        assertEquals(listOf<Any>("for others", "new phone"), done)
    }

    @Test
    fun `another manager's link is only replaced`() {
        show(CreatedState(key(KeyStatus.Shared, "Shared"), again = onlyNewLink("Another manager made this link")), isNew = false)
        compose.onNodeWithText("Another manager made this link").assertExists()
        compose.onNodeWithText("For someone else").assertDoesNotExist()
        compose.onNodeWithText("New phone, same person").assertExists()
    }

    @Test
    fun `why a key needs a new link is not said twice`() {
        show(CreatedState(key(KeyStatus.Held("Béla"), "On Béla's phone"), again = held), isNew = false)
        compose.onAllNodesWithText("On Béla's phone").assertCountEquals(1)
    }

    @Test
    fun `more uses are chosen for a key that is used up`() {
        val key = key(KeyStatus.Used, "Used", asksUses = "How many more?")
        show(CreatedState(key, again = held, asksUses = true), isNew = false)
        compose.onNodeWithText("How many more?").assertExists()
        compose.onNodeWithText("3").performClick()
        assertEquals(listOf<Any>(3), done)
    }
}
