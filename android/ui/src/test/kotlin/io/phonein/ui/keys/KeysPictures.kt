package io.phonein.ui.keys

import androidx.compose.runtime.Composable
import io.phonein.ui.checks.picture
import io.phonein.ui.checks.pictures
import io.phonein.ui.home.HomeScreen
import io.phonein.ui.home.HomeState
import io.phonein.ui.home.Tab
import io.phonein.ui.home.guests
import io.phonein.ui.home.noActions
import io.phonein.ui.home.residents
import io.phonein.ui.home.waiting
import org.junit.Test

class KeysPictures {
    @Composable
    private fun Keys(
        state: KeysState,
        isGuest: Boolean = false,
    ) = HomeScreen(HomeState(listOf(if (isGuest) guests() else residents(notes = listOf(waiting))), Tab.KEYS), noActions) {
        KeysList(it, state, noKeysActions)
    }

    @Test
    fun `of a manager`() = pictures("keys/list") { Keys(KeysState("1", keys = rows, isSearchable = true)) }

    @Test
    fun `of a guest`() = pictures("keys/guest") { Keys(KeysState("1", keys = listOf(guestsRow)), isGuest = true) }

    @Test
    fun none() = pictures("keys/none") { Keys(KeysState("1", keys = emptyList(), empty = noKeys)) }

    @Test
    fun `none of a guest`() = pictures("keys/none-guest") { Keys(KeysState("1", keys = emptyList(), empty = noneSent), isGuest = true) }

    @Test
    fun `nothing found`() =
        picture("keys/no-match") { Keys(KeysState("1", "xyz", emptyList(), isSearchable = true, empty = noMatch)) }

    @Test
    fun fault() =
        picture("keys/fault") { Keys(KeysState("1", fault = told("The storage of this phone is full", "Free some space, then try again"))) }

    @Test
    fun `delete question`() =
        pictures("keys/delete") {
            Keys(KeysState("1", keys = rows))
            DeleteDialog(DeleteQuestion("7", deleteCleaner, "DELETE"), {}, {})
        }

    @Test
    fun `page of a held key`() = pictures("keys/page-held") { KeyScreen(KeyState(details()), null, noKeyActions) }

    @Test
    fun `page of an overtaken key`() =
        pictures("keys/page-overtaken") {
            KeyScreen(KeyState(details(rows[8], overtaken, DELIVERY)), null, noKeyActions)
        }

    @Test
    fun `page of a key on its way`() =
        pictures("keys/page-waiting") {
            KeyScreen(KeyState(details(rows[4], delivery = DELIVERY, claim = CLAIM)), null, noKeyActions)
        }

    @Test
    fun `page of a guest's key`() =
        pictures("keys/page-guest") { KeyScreen(KeyState(details(guestsRow)), null, noKeyActions) }

    @Test
    fun `page of a key that is gone`() =
        picture("keys/page-gone") {
            KeyScreen(KeyState(fault = told("This is no longer here", "Look at the list again")), null, noKeyActions)
        }

    private companion object {
        const val DELIVERY = "Will be delivered when you are near the door or on its network"
        const val CLAIM = "If nobody accepts it by Thursday, November 11, 2021 at 09:22, the link stops working"
        val noKeyActions = KeyActions({}, {}, {}, {}, {})
    }
}
