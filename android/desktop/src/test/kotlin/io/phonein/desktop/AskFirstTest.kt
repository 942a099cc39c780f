package io.phonein.desktop

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import io.phonein.core.ActivityFilter
import io.phonein.core.ActivityShow
import io.phonein.core.PairingProgress
import io.phonein.core.Phonein
import io.phonein.core.SettingsChange
import io.phonein.core.addIntercom
import io.phonein.ui.Navigation
import io.phonein.ui.Shell
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import java.util.concurrent.CopyOnWriteArrayList

/** Doors that open after a question, and doors that a shortcut opens. */
class AskFirstTest {
    @get:Rule
    val compose = createComposeRule()

    private class Asking : Shell by NoShell {
        val asked = CopyOnWriteArrayList<String>()

        @Volatile var isYes = false

        override suspend fun isPresent(place: String): Boolean {
            asked += place
            return isYes
        }
    }

    private val shell = Asking()
    private val navigation = Navigation()
    private lateinit var intercom: Intercom
    private lateinit var phonein: Phonein

    @Before
    fun begin() {
        intercom = Intercom()
        phonein = phone()
        runBlocking {
            val added = phonein.addIntercom(intercom.code, name = "Home", ownName = "Anna").last() as PairingProgress.Added
            phonein.changeSettings(added.intercom, SettingsChange.AskFirst(true))
        }
        compose.setContent { Screens(phonein, navigation, shell) }
        compose.waitFor("Press to activate key")
    }

    @After
    fun end() {
        compose.runOnIdle { phonein.close() }
        intercom.close()
    }

    @Test
    fun `the door opens after a yes and after nothing else`() {
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.waitFor("asked") { shell.asked.size == 1 }
        compose.waitForIdle()
        compose.onNodeWithText("Press to activate key", useUnmergedTree = true).assertIsDisplayed()
        assertEquals(0, runBlocking { opened() })
        shell.isYes = true
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.waitFor("Key active")
        assertEquals(listOf("Home", "Home"), shell.asked)
    }

    @Test
    fun `a shortcut asks too, and opens the entrance once, from whatever page`() {
        shell.isYes = true
        compose.onNodeWithText("NEW KEY").performClick()
        compose.waitFor("CREATE KEY")
        compose.runOnIdle { navigation.openEntrance(null) }
        compose.waitFor("Key active")
        assertEquals(listOf("Home"), shell.asked)
        compose.waitFor("Press to activate key")
        assertEquals(1, runBlocking { opened() })
    }

    private suspend fun opened() = phonein.activity(ActivityFilter(show = ActivityShow.OPENED)).entries.size
}
