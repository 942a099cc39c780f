package io.phonein.ui.newkey

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.assertIsNotDisplayed
import androidx.compose.ui.test.assertIsNotSelected
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import io.phonein.core.KeyCategory
import io.phonein.core.KeyField
import io.phonein.core.Label
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class NewKeyScreenTest {
    @get:Rule
    val compose = createComposeRule()

    private val done = mutableListOf<Any>()
    private var state by mutableStateOf(NewKeyState(Pages.weekly))
    private val actions =
        NewKeyActions(
            {},
            { done += it },
            { done += "unlimited $it" },
            {},
            { field, _ -> done += "set $field" },
            { field, _ -> done += "set $field" },
            {},
            { done += it },
            {},
            {},
            {},
            { done += it },
            {},
            { done += "save" },
            { done += "shown" },
            {},
        )

    private fun show(
        shown: NewKeyState,
        height: Int = 915,
    ) {
        state = shown
        compose.show(Look(height = height)) { NewKeyScreen(Label.NEW_KEY_TITLE, state, actions) }
    }

    @Test
    fun `weekdays are read in full and pressed each by itself`() {
        show(NewKeyState(Pages.weekly))
        compose.onNodeWithContentDescription("Wednesday").assertIsSelected()
        compose.onNodeWithContentDescription("Friday").assertIsNotSelected().performClick()
        assertEquals(listOf<Any>(4), done)
    }

    @Test
    fun `an icon is chosen from a sheet, which closes`() {
        show(NewKeyState(Pages.unlimited))
        compose.onNodeWithContentDescription("Icon, Friend").performClick()
        compose.onNodeWithText("Event").performClick()
        assertEquals(listOf<Any>(KeyCategory.EVENT), done)
        compose.onNodeWithText("Event").assertDoesNotExist()
    }

    @Test
    fun `a time that was chosen is set, and its field left`() {
        show(NewKeyState(Pages.single))
        compose.onNodeWithContentDescription("Start time, 10:22").performClick()
        compose.onNodeWithText("OK").performClick()
        assertEquals(listOf<Any>("set START_TIME", KeyField.START_TIME), done)
    }

    @Test
    fun `a date that was not chosen leaves its field`() {
        show(NewKeyState(Pages.single))
        compose.onNodeWithContentDescription("Expiration date, Thu, Oct 14").performClick()
        compose.onNodeWithText("CANCEL").performClick()
        assertEquals(listOf<Any>(KeyField.EXPIRY_DATE), done)
    }

    @Test
    fun `a name that was typed is left for what is pressed next`() {
        show(NewKeyState(Pages.unlimited))
        compose.onNode(hasSetTextAction() and hasText("Key name")).performClick().assertIsFocused()
        assertEquals(emptyList<Any>(), done)
        compose.runOnIdle { state = NewKeyState(Pages.unlimited.copy(welcomeOn = true, welcome = "Hello")) }
        compose.onNode(hasSetTextAction() and hasText("Hello")).performClick()
        assertEquals(listOf<Any>(KeyField.NAME), done)
    }

    @Test
    fun `what is wrong stands beside its field and is said of it`() {
        show(NewKeyState(Pages.wrong))
        compose.onNodeWithContentDescription("End date, Sun, Oct 3")
            .assert(SemanticsMatcher.expectValue(SemanticsProperties.Error, "The end date is before the start date"))
        compose.onNodeWithText("The end date is before the start date").assertExists()
        compose.onNodeWithText("Choose at least one weekday").assertExists()
    }

    @Test
    fun `CREATE KEY is live on a wrong page, which goes to the first wrong field`() {
        show(NewKeyState(Pages.wrong), height = 640)
        compose.onNode(hasSetTextAction() and hasText("Welcome Message")).performScrollTo()
        compose.onNodeWithContentDescription("Wednesday").assertIsNotDisplayed()
        compose.onNodeWithText("CREATE KEY").performClick()
        assertEquals("save", done.last())
        compose.runOnIdle { state = state.copy(wrongAt = KeyField.DAYS) }
        compose.onNodeWithContentDescription("Wednesday").assertIsDisplayed()
        assertEquals("shown", done.last())
        compose.runOnIdle { state = state.copy(wrongAt = KeyField.NAME) }
        compose.onNode(hasSetTextAction() and hasText("Key name")).assertIsFocused()
    }

    @Test
    fun `the sentence is read out when it stood for a while`() {
        show(NewKeyState(Pages.unlimited))
        compose.mainClock.autoAdvance = false
        state = NewKeyState(Pages.single)
        compose.mainClock.advanceTimeBy(600)
        compose.onNodeWithContentDescription(checkNotNull(Pages.single.sentence)).assertDoesNotExist()
        compose.mainClock.advanceTimeBy(200)
        compose.onNodeWithContentDescription(checkNotNull(Pages.single.sentence))
            .assert(SemanticsMatcher.keyIsDefined(SemanticsProperties.LiveRegion))
    }

    @Test
    fun `START OVER is only there for what was brought back, and that is said`() {
        show(NewKeyState(Pages.unlimited))
        compose.onNodeWithText("START OVER").assertDoesNotExist()
        compose.runOnIdle { state = NewKeyState(Pages.weekly.copy(broughtBack = Pages.BROUGHT_BACK)) }
        compose.onNodeWithText("START OVER").assertIsDisplayed()
        compose.onNodeWithText(Pages.BROUGHT_BACK).assertIsDisplayed()
    }
}
