package io.phonein.desktop

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import androidx.lifecycle.ViewModelStore
import io.phonein.core.addIntercom
import io.phonein.ui.Handed
import io.phonein.ui.Navigation
import io.phonein.ui.Shell
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale
import kotlin.io.path.createTempDirectory

/** Keys are made by taps and typing, over the real core and with an intercom in a process of its own. */
class NewKeyTest {
    @get:Rule
    val compose = createComposeRule()

    private val directory = createTempDirectory("phonein-phone")
    private val shared = mutableListOf<String>()
    private val shell =
        object : Shell by NoShell {
            override fun share(text: String): Handed {
                shared += text
                return Handed.TOLD
            }

            override fun copy(text: String) = Handed.COPIED
        }
    private lateinit var intercom: Intercom
    private var phonein by mutableStateOf(phone(directory))
    private var navigation by mutableStateOf(Navigation())
    private val models = ViewModelStore()

    @Before
    fun begin() {
        // Material's pickers speak the machine's language.
        Locale.setDefault(Locale.US)
        intercom = Intercom()
        runBlocking { phonein.addIntercom(intercom.code, name = "Home", ownName = "Anna").toList() }
        models.put("navigation", navigation)
        compose.setContent { key(phonein) { Screens(phonein, navigation, shell) } }
    }

    @After
    fun end() {
        // Where the models work: none is to ask a core that is closed meanwhile.
        compose.runOnIdle {
            models.clear()
            phonein.close()
        }
        intercom.close()
    }

    @Test
    fun `an unlimited key is made, shown as a code and shared`() {
        newKey("for friends")
        says("This key will be valid forever")
        create()

        compose.waitFor("This key will be valid forever")
        compose.waitFor(hasContentDescription("QR code of this key's link"))
        compose.waitFor("At the intercom")
        compose.onNodeWithText("SHARE").performClick()
        val text = shared.single()
        assertTrue(text, text.startsWith("Anna sends you a key to Home.") && "https://" in text)
        compose.waitFor("Shared, not accepted yet")
        compose.onNodeWithText("Copied").assertDoesNotExist()
        press("Copy the link")
        compose.waitFor("Copied")
        compose.onNodeWithText("DONE").performClick()
        compose.waitFor("ENTRANCE")
    }

    @Test
    fun `a single-use key is refused while it ends before it starts, then made`() {
        newKey("Parcel")
        press("Unlimited Key")
        choose("Number of uses, 1", "3")
        says("up to 3 times")
        val today = LocalDate.now(ZoneId.of("Europe/Budapest"))
        date("Expiration date", today.minusDays(1))
        compose.onNodeWithText("CREATE KEY").performClick()
        says("The expiration is not after the start")

        date("Expiration date", today.plusDays(2))
        time("Expiration time", "23", "59")
        says("at 23:59, up to 3 times")
        create()
        compose.waitFor(hasText("at 23:59, up to 3 times", substring = true))
    }

    @Test
    fun `a recurring key is made for the days that are chosen`() {
        newKey("Cleaner")
        choose("Icon, Friend", "Services")
        press("Unlimited Key")
        says("every Monday, Tuesday, Wednesday, Thursday and Friday from 10:00 to 14:00")
        for (day in listOf("Monday", "Tuesday", "Wednesday", "Thursday")) compose.onNodeWithContentDescription(day).performScrollTo().performClick()
        says("every Friday from 10:00 to 14:00")
        compose.onNodeWithContentDescription("Friday").performClick()
        compose.onNodeWithText("CREATE KEY").performClick()
        says("Choose at least one weekday")
        compose.onNodeWithContentDescription("Saturday").performScrollTo().performClick()
        time("Start time", "22", "00")
        time("End time", "6", "00")
        says("every Saturday from 22:00 to 06:00 the next day")
        press("Welcome Message")
        compose.onNode(hasSetTextAction() and hasText("Welcome Message")).performScrollTo().performTextInput("The key is under the mat")
        create()
        compose.waitFor(hasText("every Saturday from 22:00", substring = true))
    }

    @Test
    fun `what was set is there again after the app was ended`() {
        newKey("for the cat")
        press("Unlimited Key")
        choose("Number of uses, 1", "No limit")
        says("any number of times")
        compose.waitForIdle()
        compose.runOnIdle {
            models.clear()
            phonein.close()
            navigation = Navigation()
            phonein = phone(directory)
        }

        compose.waitFor("NEW KEY")
        compose.onNodeWithText("NEW KEY").performClick()
        compose.waitFor("for the cat")
        says("any number of times")
        compose.onNodeWithText("This is what you set last time").assertExists()
        compose.onNodeWithText("START OVER").performClick()
        says("This key will be valid forever")
        compose.onNodeWithText("for the cat").assertDoesNotExist()
        compose.onNodeWithText("This is what you set last time").assertDoesNotExist()
        compose.onNodeWithText("BACK").performClick()
        compose.waitFor("ENTRANCE")
    }

    private fun newKey(name: String) {
        compose.waitFor("NEW KEY")
        compose.onNodeWithText("NEW KEY").performClick()
        compose.waitFor("Key name")
        compose.onNode(hasSetTextAction() and hasText("Key name")).performTextInput(name)
    }

    private fun create() {
        compose.onNodeWithText("CREATE KEY").performClick()
        compose.waitFor("Key created")
    }

    private fun press(words: String) = compose.onNodeWithText(words).performScrollTo().performClick()

    private fun choose(
        field: String,
        words: String,
    ) {
        compose.onNodeWithContentDescription(field).performScrollTo().performClick()
        compose.onNodeWithText(words).performClick()
    }

    private fun date(
        name: String,
        date: LocalDate,
    ) {
        compose.onNode(field(name)).performScrollTo().performClick()
        compose.onNode(hasContentDescription("text input mode", substring = true)).performClick()
        compose.onNode(hasSetTextAction() and hasText("Date", substring = true)).performTextReplacement(date.format(TYPED))
        compose.onNodeWithText("OK").performClick()
    }

    private fun time(
        name: String,
        hour: String,
        minute: String,
    ) {
        compose.onNode(field(name)).performScrollTo().performClick()
        // What Material says of this button is the wrong way round: it leads to the typed time.
        compose.onNode(hasContentDescription("for the time input", substring = true)).performClick()
        compose.onNode(hasSetTextAction() and hasContentDescription("for hour")).performTextReplacement(hour)
        compose.onNode(hasSetTextAction() and hasContentDescription("for minutes")).performTextReplacement(minute)
        compose.onNodeWithText("OK").performClick()
    }

    private fun field(name: String) = hasContentDescription("$name, ", substring = true)

    /** The words above CREATE KEY. */
    private fun says(words: String) = compose.waitFor(hasContentDescription(words, substring = true))

    private companion object {
        val TYPED: DateTimeFormatter = DateTimeFormatter.ofPattern("MMddyyyy")
    }
}
