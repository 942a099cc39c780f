package io.phonein.desktop

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import io.phonein.core.Accepted
import io.phonein.core.addIntercom
import io.phonein.ui.Navigation
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test

/** Keys and links on the screens of several phones, over the real core and an intercom in a process of its own. */
class KeysTest {
    @get:Rule
    val compose = createComposeRule()

    private lateinit var intercom: Intercom
    private lateinit var home: String
    private val anna = Person()
    private val bela = Person()
    private val cecilia = Person()
    private var shown by mutableStateOf(anna)

    private class Person {
        val phonein = phone()
        val navigation = Navigation()
    }

    @Before
    fun begin() {
        intercom = Intercom()
        home =
            runBlocking {
                val code = anna.phonein.checkCode(intercom.code, scanned = true)
                anna.phonein.addIntercom(checkNotNull(code.code), checkNotNull(code.address), "Home", "Anna").collect()
                anna.phonein.intercoms().single().id
            }
        compose.setContent { key(shown) { Screens(shown.phonein, shown.navigation) } }
    }

    @After
    fun end() {
        compose.runOnIdle { listOf(anna, bela, cecilia).forEach { it.phonein.close() } }
        intercom.close()
    }

    @Test
    fun `a key is accepted by its link, opens from the list, and does not once it is deleted`() {
        val link = share(make("Cleaner"))

        take(bela)
        press("I was sent a key")
        type("Link", "Anna sends you a key: $link.")
        press("CONTINUE")
        compose.waitFor("As the link says, until the intercom has answered")
        compose.waitFor("This key will be valid forever")
        type("Your name", "Béla")
        press("ADD KEY")
        press("KEYS")
        compose.waitFor("Active")
        compose.onNode(hasText("Active")).performClick()
        compose.waitFor("Key active")
        compose.waitFor("Press to activate key")

        take(anna)
        runBlocking { anna.phonein.sync() }
        press("KEYS")
        compose.waitFor("On Béla's phone")
        compose.onNodeWithContentDescription("Cleaner, What to do with this key").performClick()
        press("Delete")
        compose.waitFor("It stops opening the door for Béla as soon as the intercom knows. This is final")
        press("DELETE")
        compose.waitFor("Deleted. The door knows")
        compose.waitFor("No keys yet")

        take(bela)
        compose.waitFor("Active")
        compose.onNode(hasText("Active")).performClick()
        compose.waitFor("This key was deleted")
    }

    @Test
    fun `a link that was used by another phone says so, and leads home`() {
        val link = share(make("Cleaner"))
        runBlocking { assertTrue(bela.phonein.acceptLink(link, "Béla") is Accepted.Added) }

        take(cecilia)
        compose.runOnIdle { cecilia.navigation.openLink(link) }
        type("Your name", "Cecília")
        press("ADD KEY")
        compose.waitFor("Another phone has this key")
        compose.waitFor("Ask for a link of your own")
        press("OK")
        compose.waitFor("Welcome to Phonein")
    }

    @Test
    fun `a link that was cut leads to where the whole one is pasted`() {
        val link = share(make("Cleaner"))

        take(bela)
        compose.runOnIdle { bela.navigation.openLink(link.dropLast(9)) }
        compose.waitFor("A part of this link is missing or changed")
        press("TRY AGAIN")
        type("Link", "https://example.org/")
        press("CONTINUE")
        compose.waitFor("This is no Phonein link. Copy the whole link from the message you got.")
        compose.onNode(hasSetTextAction() and hasText("Link")).performTextReplacement(link)
        press("CONTINUE")
        compose.waitFor("ADD KEY")
    }

    @Test
    fun `a manager is told that the key is to their own intercom`() {
        val link = share(make("Cleaner"))
        compose.runOnIdle { anna.navigation.openLink(link) }
        compose.waitFor("This is a key to your own intercom")
        compose.onNodeWithText("ADD KEY").assertDoesNotExist()
        press("Use it on this phone")
        compose.waitFor("ADD KEY")
    }

    @Test
    fun `a key whose intercom is out of reach waits, and Home says so`() {
        val link = share(make("Cleaner"))
        intercom.close()

        take(bela)
        compose.runOnIdle { bela.navigation.openLink(link) }
        type("Your name", "Béla")
        press("ADD KEY")
        compose.waitFor("Not yours yet · Cleaner")
        press("KEYS")
        compose.waitFor("Waiting for the intercom")
    }

    @Test
    fun `keys beyond the first part are read on, and found`() {
        repeat(60) { make("Key ${it + 1}") }
        press("KEYS")
        compose.waitFor("Key 60")
        scrollTo(hasText("Key 31"))
        scrollTo(hasText("Key 1"))
        scrollTo(hasSetTextAction())
        type("Search keys", "7")
        compose.waitFor("Key 7")
        compose.onNodeWithText("Key 60").assertDoesNotExist()
    }

    private fun make(name: String): String =
        runBlocking {
            anna.phonein.newKey(home).use { wizard ->
                wizard.setName(name)
                wizard.save()
            }
        }

    private fun share(key: String): String =
        runBlocking {
            val link = anna.phonein.share(key).link
            anna.phonein.markShared(key)
            // The guest need not wait for what the manager has not delivered.
            anna.phonein.sync()
            link
        }

    private fun take(person: Person) {
        compose.runOnIdle { shown = person }
        compose.waitForIdle()
    }

    /** Scrolls the list of keys; what is further down than it was read may take a moment. */
    private fun scrollTo(node: SemanticsMatcher) {
        val list = hasScrollToNodeAction() and SemanticsMatcher.keyIsDefined(SemanticsProperties.VerticalScrollAxisRange)
        compose.waitFor("$node") { runCatching { compose.onNode(list).performScrollToNode(node) }.isSuccess }
    }

    private fun press(words: String) {
        compose.waitFor(words)
        compose.onNodeWithText(words).performClick()
    }

    private fun type(
        field: String,
        words: String,
    ) {
        compose.waitFor(field)
        compose.onNode(hasSetTextAction() and hasText(field)).performTextInput(words)
    }
}
