package io.phonein.desktop

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextInput
import io.phonein.core.Phonein
import io.phonein.core.TapLook
import io.phonein.core.addIntercom
import io.phonein.ui.Navigation
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertFalse
import org.junit.Before
import org.junit.Rule
import org.junit.Test

/** The screens over the real core, and an intercom in a process of its own. */
class ThreadTest {
    @get:Rule
    val compose = createComposeRule()

    private lateinit var intercom: Intercom
    private lateinit var phonein: Phonein

    @Before
    fun begin() {
        intercom = Intercom()
        phonein = phone()
    }

    @After
    fun end() {
        compose.runOnIdle { phonein.close() }
        intercom.close()
    }

    @Test
    fun `a new device is added and opens the door`() {
        compose.setContent { Screens(phonein, Navigation()) }

        compose.waitFor("ADD NEW DEVICE")
        compose.onNodeWithText("ADD NEW DEVICE").performClick()
        // As a person types: the field must not turn under the fingers.
        intercom.code.forEach { type("Device UUID", "$it") }
        type("Name", "Home")
        type("Your name", "Anna")
        compose.onNodeWithText("SAVE").performClick()

        compose.waitFor("ENTRANCE")
        compose.onNodeWithText("Home").assertIsDisplayed()
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.waitFor("Key active")
        // As many as are left when this test gets to look.
        compose.waitFor("what is left of five seconds") {
            (1..5).any { compose.isShown("$it") && compose.isShown(if (it == 1) "1 second left" else "$it seconds left") }
        }
        compose.waitFor("Press to activate key")
    }

    @Test
    fun `the core is asked in the frame of the press`() {
        runBlocking { phonein.addIntercom(intercom.code, name = "Home", ownName = "Anna").last() }
        compose.setContent { Screens(phonein, Navigation()) }
        compose.waitFor("Press to activate key")
        // From here on no frame is drawn, so nothing that waits for one happens.
        compose.mainClock.autoAdvance = false
        compose.onNodeWithContentDescription("Entrance").performClick()
        val end = System.nanoTime() + LONG_MS * 1_000_000
        while (isAtRest() && System.nanoTime() < end) Thread.sleep(5)
        assertFalse("the core was not asked", isAtRest())
        compose.mainClock.autoAdvance = true
        compose.waitFor("Key active")
        compose.waitFor("Press to activate key")
    }

    private fun isAtRest(): Boolean {
        val home = runBlocking { phonein.home() }
        return home.intercoms.single().doors.first().tap.look == TapLook.IDLE
    }

    private fun type(
        field: String,
        words: String,
    ) = compose.onNode(hasSetTextAction() and hasText(field)).performTextInput(words)
}
