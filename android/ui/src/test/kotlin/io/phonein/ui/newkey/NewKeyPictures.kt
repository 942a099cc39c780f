package io.phonein.ui.newkey

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.CalendarDate
import io.phonein.core.ClockTime
import io.phonein.core.DayClock
import io.phonein.core.Label
import io.phonein.core.Told
import io.phonein.core.WizardState
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.picture
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import io.phonein.ui.parts.icon
import org.junit.Rule
import org.junit.Test

class NewKeyPictures {
    @get:Rule
    val compose = createComposeRule()

    private val time = ClockTime(10, 22)
    private val date = CalendarDate(2021, 10, 12)

    @Composable
    private fun Shown(
        page: WizardState?,
        state: NewKeyState = NewKeyState(page),
        title: Label = Label.NEW_KEY_TITLE,
    ) = NewKeyScreen(title, state, noActions)

    @Test
    fun unlimited() = pictures("newkey/unlimited") { Shown(Pages.unlimited) }

    @Test
    fun `single use`() = pictures("newkey/single") { Shown(Pages.single) }

    @Test
    fun recurring() = pictures("newkey/recurring") { Shown(Pages.weekly) }

    @Test
    fun wrong() = pictures("newkey/wrong") { Shown(Pages.wrong) }

    @Test
    fun `brought back`() = pictures("newkey/brought-back") { Shown(null, NewKeyState(Pages.single.copy(broughtBack = Pages.BROUGHT_BACK))) }

    @Test
    fun edit() = picture("newkey/edit") { Shown(Pages.unlimited.copy(editing = true, innerDoor = null), title = Label.EDIT_KEY) }

    @Test
    fun gone() = pictures("newkey/gone") { Shown(null, NewKeyState(failure = told)) }

    @Test
    fun `not saved`() = picture("newkey/not-saved") { Shown(null, NewKeyState(Pages.unlimited, failure = told)) }

    @Test
    fun categories() =
        pictures("newkey/categories") {
            Shown(Pages.unlimited)
            Choices("Icon", {}) {
                items(Pages.unlimited.categories) { Choice(it.name, it.category == Pages.unlimited.category, {}, it.category.icon) }
            }
        }

    @Test
    fun uses() = picture("newkey/uses") { Choices("Number of uses", {}, first = 4) { items(Pages.uses) { Choice(it.words, it.words == "5", {}) } } }

    @Test
    fun `date and time`() {
        for (look in Look.ALL) {
            val isTyped = look.fontScale > 1 || look.width < 360
            picture("newkey/date", look) { DateDialog("Start date", date, isTyped, {}, {}) }
            picture("newkey/time", look) { TimeDialog("Start time", time, DayClock.TWENTY_FOUR, isTyped, {}, {}) }
        }
    }

    private fun isWhole(page: WizardState) {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { Shown(null, NewKeyState(page.copy(broughtBack = Pages.BROUGHT_BACK))) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    @Test
    fun `large text of a single-use key is whole`() = isWhole(Pages.single)

    @Test
    fun `large text of a wrong page is whole`() = isWhole(Pages.wrong)

    @Test
    fun `a narrow page is whole`() {
        compose.show(Look(width = 320, height = 640)) { Shown(Pages.single) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    private companion object {
        val told = Told("This is not here any more", "It was removed meanwhile", "This is not here any more. It was removed meanwhile.")
    }
}
