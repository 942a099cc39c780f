package io.phonein.ui.home

import androidx.compose.runtime.Composable
import io.phonein.core.IntercomHome
import io.phonein.ui.activity.ActivityList
import io.phonein.ui.activity.activity
import io.phonein.ui.activity.noActivityActions
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.picture
import io.phonein.ui.checks.pictures
import io.phonein.ui.keys.KeysList
import io.phonein.ui.keys.KeysState
import io.phonein.ui.keys.guestsRow
import io.phonein.ui.keys.noKeysActions
import org.junit.Test

class HomePictures {
    @Composable
    private fun Home(
        vararg places: IntercomHome,
        tab: Tab = Tab.ACTIVITY,
        message: String? = null,
    ) = HomeScreen(HomeState(places.toList(), tab, message), noActions) {
        if (tab == Tab.ACTIVITY) {
            ActivityList(it, activity, noActivityActions)
        } else {
            KeysList(it, KeysState("1", keys = listOf(guestsRow)), noKeysActions)
        }
    }

    @Test
    fun `of a resident`() = pictures("home/resident") { Home(residents()) }

    @Test
    fun `of a guest`() = pictures("home/guest") { Home(guests(), tab = Tab.KEYS) }

    @Test
    fun open() = pictures("home/open") { Home(residents(Taps.open)) }

    @Test
    fun `inner door refused`() = pictures("home/inner-refused") { Home(residents(inner = Taps.refused)) }

    @Test
    fun unreachable() = pictures("home/unreachable") { Home(residents(Taps.unreachable)) }

    @Test
    fun states() {
        for ((number, tap) in Taps.all.withIndex()) {
            for (look in listOf(Look(), Look(isDark = true))) {
                picture("home/states/$number-${tap.state::class.simpleName}", look) { Home(guests(tap)) }
            }
        }
    }

    @Test
    fun `inner door open`() = picture("home/inner-open") { Home(residents(inner = Taps.open)) }

    @Test
    fun `with notes`() = pictures("home/notes") { Home(residents(notes = listOf(waiting, lost))) }

    @Test
    fun several() = picture("home/several") { Home(residents(), residents(id = "2", name = "Office")) }

    @Test
    fun busy() = picture("home/busy") { Home(residents(Taps.open), message = "One door at a time") }
}
