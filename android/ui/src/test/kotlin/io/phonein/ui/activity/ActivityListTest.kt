package io.phonein.ui.activity

import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import io.phonein.core.ActivityShow
import io.phonein.core.ExportFormat
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class ActivityListTest {
    @get:Rule
    val compose = createComposeRule()

    private val pressed = mutableListOf<Any?>()
    private val actions =
        ActivityActions(
            onShow = { pressed += it },
            onMore = { pressed += "more" },
            onOpen = { pressed += it },
            onGiveBack = { pressed += "give back $it" },
            onKey = { pressed += "key $it" },
            onAskFormat = { pressed += it },
            onExport = { pressed += it },
        )

    private fun show(
        state: ActivityState,
        look: Look = Look(),
    ) = compose.show(look) { ActivityList(under(broken), state, actions) }

    @Test
    fun `a press on an entry opens it, on a chip filters, on the sign exports`() {
        show(activity)
        compose.onNodeWithText("Entrance refused").performClick()
        compose.onNodeWithText("All").assertIsSelected()
        compose.onNodeWithText("Refused").performClick()
        compose.onNodeWithContentDescription("Export").performClick()
        assertEquals(listOf(happened[1].id, ActivityShow.REFUSED, true), pressed)
    }

    @Test
    fun `a use that was interrupted can be given back`() {
        show(activity.copy(opened = interrupted.id))
        compose.onNodeWithText("GIVE BACK THE USE").performClick()
        compose.onNodeWithText("Details").performClick()
        assertEquals(listOf("give back ${interrupted.id}", "key 7"), pressed)
    }

    @Test
    fun `a use that was not interrupted cannot`() {
        show(activity.copy(opened = happened[0].id))
        compose.onNodeWithText("GIVE BACK THE USE").assertDoesNotExist()
    }

    @Test
    fun `it is asked as what to export`() {
        show(activity.copy(asksFormat = true))
        compose.onNodeWithText("As a table (CSV)").performClick()
        compose.onNodeWithText("For programs (JSON)").performClick()
        assertEquals(listOf(ExportFormat.CSV, ExportFormat.JSON), pressed)
    }

    @Test
    fun `the end of a list that goes on asks for more, once`() {
        show(activity.copy(entries = happened.take(2), hasMore = true))
        compose.waitForIdle()
        assertEquals(listOf<Any?>("more"), pressed)
    }

    @Test
    fun `large text is whole`() {
        show(activity, large)
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    @Test
    fun `large text of an entry is whole`() {
        show(activity.copy(opened = interrupted.id), large)
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    private val large = Look(width = 320, height = 640, fontScale = 2f)
}
