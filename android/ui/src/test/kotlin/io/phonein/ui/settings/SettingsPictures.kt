package io.phonein.ui.settings

import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.Forgetting
import io.phonein.core.Told
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Rule
import org.junit.Test

class SettingsPictures {
    @get:Rule
    val compose = createComposeRule()

    private fun pictures(
        name: String,
        state: SettingsState,
    ) = pictures("settings/$name") { SettingsScreen(state, noSettingsActions) }

    private val plain = SettingsState(settings())
    private val unreached = "The intercom was not reached. Nothing has changed there."
    private val last =
        "You are the last manager. Without you, a new start needs the button on the device (5 seconds) or its reset (20 seconds)"

    @Test
    fun `of a manager`() = pictures("manager", plain)

    @Test
    fun `of a guest`() = pictures("guest", SettingsState(settings(isManager = false, innerDoor = null)))

    @Test
    fun `with all there is to say`() =
        pictures(
            "much",
            SettingsState(
                settings(
                    innerDoor = false,
                    clock = differs,
                    changes = "2 changes wait for the intercom",
                    strangers = "12 requests of phones unknown here were refused in the last hour",
                ),
                wrong = Setting.INNER_DOOR to unreached,
            ),
        )

    @Test
    fun loading() = pictures("loading", SettingsState())

    @Test
    fun working() = pictures("working", plain.copy(working = Setting.INNER_DOOR))

    @Test
    fun trouble() = pictures("trouble", SettingsState(trouble = Told("Something went wrong in the app", "Try again", "")))

    @Test
    fun name() =
        pictures("name", plain.copy(asked = Setting.NAME, typed = "", wrong = Setting.NAME to "Give the intercom a name"))

    @Test
    fun address() =
        pictures("address", plain.copy(asked = Setting.ADDRESS, typed = "192.168.1.40"))

    @Test
    fun paths() = pictures("paths", plain.copy(asked = Setting.PATHS))

    @Test
    fun remove() = pictures("remove", plain.copy(asked = Setting.REMOVE, forgetting = Forgetting(last, true)))

    @Test
    fun removed() =
        pictures(
            "removed",
            plain.copy(left = "The intercom was not reached: it still counts this phone as a manager. Another manager can remove it"),
        )

    private fun isWhole(state: SettingsState) {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { SettingsScreen(state, noSettingsActions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    @Test
    fun `large text is whole`() = isWhole(plain.copy(wrong = Setting.INNER_DOOR to unreached))

    @Test
    fun `large text of a question is whole`() = isWhole(plain.copy(asked = Setting.PATHS))

    @Test
    fun `large text of what removing means is whole`() =
        isWhole(plain.copy(asked = Setting.REMOVE, forgetting = Forgetting(last, true)))
}
