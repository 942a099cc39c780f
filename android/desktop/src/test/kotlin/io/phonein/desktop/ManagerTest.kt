package io.phonein.desktop

import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import io.phonein.core.Accepted
import io.phonein.core.Door
import io.phonein.core.IntercomSettings
import io.phonein.core.KeyFilter
import io.phonein.core.PairingProgress
import io.phonein.core.PathChoice
import io.phonein.core.Phonein
import io.phonein.core.addIntercom
import io.phonein.core.unlock
import io.phonein.ui.Navigation
import io.phonein.ui.Shell
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test

/** What a manager reads and changes, over the real core and an intercom in a process of its own. Béla has a key. */
class ManagerTest {
    @get:Rule
    val compose = createComposeRule()

    private val navigation = Navigation()
    private val kept = mutableMapOf<String, String>()
    private val shell =
        object : Shell by NoShell {
            override fun keep(
                name: String,
                content: String,
            ) {
                kept[name] = content
            }
        }
    private lateinit var intercom: Intercom
    private lateinit var anna: Phonein
    private lateinit var bela: Phonein
    private lateinit var home: String
    private lateinit var key: String

    @Before
    fun begin() =
        runBlocking {
            intercom = Intercom("--inner-door")
            anna = phone()
            bela = phone()
            home = (anna.addIntercom(intercom.code, name = "Home", ownName = "Anna").last() as PairingProgress.Added).intercom
            val made =
                anna.newKey(home).use {
                    it.setName("Cleaner")
                    it.save()
                }
            key = (bela.acceptLink(anna.share(made).link, "Béla") as Accepted.Added).key
            anna.sync()
            compose.setContent { Screens(anna, navigation, shell) }
            compose.waitFor("ENTRANCE")
        }

    @After
    fun end() {
        compose.runOnIdle {
            anna.close()
            bela.close()
        }
        intercom.close()
    }

    @Test
    fun `what happened is read, filtered, opened and exported`() {
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.waitFor("Entrance opened")
        runBlocking {
            // Her key is not for it.
            bela.unlock(bela.intercoms().single().id, key, Door.INNER).last()
            anna.sync()
        }
        compose.waitFor("Inner door refused")
        compose.onNodeWithText("Today").assertIsDisplayed()

        compose.onNodeWithText("Refused").performClick()
        waitForNo("Entrance opened")
        compose.onNodeWithText("Inner door refused").performClick()
        compose.waitFor("Béla")
        compose.onNodeWithText("Details").performClick()
        compose.waitForIdle()
        compose.runOnIdle { navigation.back() }

        compose.waitFor("Inner door refused")
        compose.onNodeWithContentDescription("Export").performClick()
        compose.waitFor("As a table (CSV)")
        compose.onNodeWithText("As a table (CSV)").performClick()
        compose.waitFor("exported") { "phonein.csv" in kept }
        val table = kept.getValue("phonein.csv").lines()
        assertTrue(table.first(), table.first().startsWith("Intercom,"))
        assertTrue("$table", table.any { "Entrance opened" in it } && table.any { "Inner door refused" in it && "Béla" in it })
    }

    @Test
    fun `settings are at the intercom, and managers come and go`() {
        compose.onNodeWithContentDescription("Settings").performClick()
        press("Name")
        compose.waitFor("SAVE")
        compose.onNode(hasSetTextAction()).performTextReplacement("The flat")
        press("SAVE")
        compose.waitFor("The flat")

        press("Inner door")
        waitUntilCore("inner door off") { it.innerDoor == false }
        press("Bluetooth and network")
        press("Only the network")
        waitUntilCore("only the network") { it.paths == PathChoice.NETWORK }
        press("Clock and time zone")
        compose.waitFor("Search time zones")
        compose.onNode(hasSetTextAction()).performTextInput("lisb")
        press("Europe/Lisbon")
        waitUntilCore("zone") { it.zone == "Europe/Lisbon" }
        compose.runOnIdle { navigation.back() }

        press("Managers")
        press("MAKE MANAGER")
        compose.waitFor("CANCEL")
        compose.onAllNodes(pressable("MAKE MANAGER")).onLast().performClick()
        waitUntilCore("two managers") { it.managers.size == 2 }
        runBlocking {
            bela.sync()
            val theirs = bela.settings(bela.intercoms().single().id)
            assertEquals("what Anna changed is at the intercom", false to "Europe/Lisbon", theirs.innerDoor to theirs.zone)
        }
        press("Remove")
        compose.waitFor("Remove Béla?")
        compose.onNodeWithText("Cleaner").assertIsDisplayed()
        press("REMOVE")
        waitUntilCore("one manager") { it.managers.size == 1 }
        assertEquals(listOf("Cleaner"), runBlocking { anna.keys(filter = KeyFilter()) }.keys.map { it.name })
        compose.runOnIdle { navigation.back() }

        press("Remove this intercom")
        compose.waitFor("You are the last manager. Without you, a new start needs the button on the device (5 seconds) or its reset (20 seconds)")
        press("REMOVE")
        compose.waitFor("ADD NEW DEVICE")
        assertEquals(0, runBlocking { anna.intercoms() }.size)
    }

    private fun waitUntilCore(
        what: String,
        isSo: (IntercomSettings) -> Boolean,
    ) = compose.waitFor(what) { runBlocking { isSo(anna.settings(home)) } }

    private fun pressable(words: String): SemanticsMatcher = hasText(words) and hasClickAction()

    private fun press(words: String) {
        compose.waitFor(words) { compose.onAllNodes(pressable(words)).fetchSemanticsNodes().isNotEmpty() }
        val node = compose.onNode(pressable(words))
        runCatching { node.performScrollTo() }
        node.performClick()
    }

    private fun waitForNo(words: String) = compose.waitFor("no $words") { !compose.isShown(words) }
}
