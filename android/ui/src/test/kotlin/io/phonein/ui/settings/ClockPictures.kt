package io.phonein.ui.settings

import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class ClockPictures {
    @get:Rule
    val compose = createComposeRule()

    private val answered = mutableListOf<Any>()
    private val actions = ClockActions({}, { answered += it }, { answered += it }, {})
    private val zones = listOf("America/New_York", "Europe/Berlin", "Europe/Budapest", "Europe/London")
    private val plain = ClockState(settings(), zones = zones)
    private val asking = ClockState(settings(clock = differs), zones = zones)

    @Test
    fun zones() = pictures("settings/clock") { ClockScreen(plain, actions) }

    @Test
    fun `the clock differs`() = pictures("settings/clock-differs") { ClockScreen(asking, actions) }

    @Test
    fun `no such zone, and it was not reached`() =
        pictures("settings/clock-none") {
            ClockScreen(plain.copy(search = "Atlantis", zones = emptyList(), wrong = "The intercom was not reached."), actions)
        }

    @Test
    fun `the question has two answers, and a zone is chosen by a press`() {
        compose.show { ClockScreen(asking, actions) }
        compose.onNodeWithText("Europe/Budapest").assertIsSelected()
        compose.onNodeWithText("USE THIS PHONE'S TIME").performClick()
        compose.onNodeWithText("LEAVE IT").performClick()
        compose.onNodeWithText("Europe/London").performClick()
        assertEquals(listOf(true, false, "Europe/London"), answered)
    }

    @Test
    fun `large text is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { ClockScreen(asking, actions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
