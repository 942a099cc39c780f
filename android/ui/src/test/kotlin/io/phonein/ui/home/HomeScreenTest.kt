package io.phonein.ui.home

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasStateDescription
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeLeft
import androidx.compose.ui.test.swipeUp
import io.phonein.core.Door
import io.phonein.core.IntercomHome
import io.phonein.core.Tap
import io.phonein.core.TapState
import io.phonein.core.Via
import io.phonein.core.Way
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class HomeScreenTest {
    @get:Rule
    val compose = createComposeRule()

    private val pressed = mutableListOf<Pair<String, Any>>()
    private var entrance by mutableStateOf(Taps.idle)
    private val actions =
        HomeActions(
            { id, door -> pressed += id to (door.key ?: door.door) },
            { id, way -> pressed += id to way },
            {},
            {},
            {},
            { _, _ -> },
            {},
            {},
            {},
        )

    private fun show() =
        compose.show {
            HomeScreen(HomeState(listOf(residents(entrance))), actions) {
                LazyColumn(Modifier.fillMaxSize().testTag("list")) { items(100) { Text("Entry $it") } }
            }
        }

    private fun shows(tap: Tap) {
        entrance = tap
        compose.waitForIdle()
    }

    @Test
    fun `each door is pressed by itself`() {
        show()
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.onNodeWithContentDescription("Inner door").performClick()
        assertEquals(listOf("1" to Door.ENTRANCE, "1" to Door.INNER), pressed)
    }

    @Test
    fun `a guest's door is pressed with the key it shows`() {
        compose.show { HomeScreen(HomeState(listOf(guests())), actions) {} }
        compose.onNodeWithContentDescription("Entrance").performClick()
        assertEquals(listOf<Pair<String, Any>>("1" to "7"), pressed)
    }

    @Test
    fun `nothing moves when a door says how it stands`() {
        var place by mutableStateOf(residents())
        compose.show { HomeScreen(HomeState(listOf(place)), actions) {} }

        fun stands(of: IntercomHome): List<Rect> {
            place = of
            compose.waitForIdle()
            val doors = List(of.doors.size) { compose.onNodeWithContentDescription(of.doors[it].name) }
            return (doors + compose.onNodeWithText("KEYS")).map { it.fetchSemanticsNode().boundsInRoot }
        }
        for (home in listOf<(Tap, Tap) -> IntercomHome>({ entrance, inner -> residents(entrance, inner) }, { entrance, _ -> guests(entrance) })) {
            val atRest = stands(home(Taps.idle, Taps.idle))
            for (tap in listOf(Taps.searching, Taps.open, Taps.refused, Taps.usedUp, Taps.noAnswer)) {
                assertEquals("the entrance: ${tap.title}", atRest, stands(home(tap, Taps.idle)))
                if (tap != Taps.usedUp) assertEquals("the inner door: ${tap.title}", atRest, stands(home(Taps.idle, tap)))
            }
        }
    }

    @Test
    fun `what would help is one press away`() {
        show()
        shows(Taps.unreachable)
        compose.onNodeWithText("Turn on Bluetooth").performClick()
        assertEquals(listOf<Pair<String, Any>>("1" to Way.BLUETOOTH_SETTINGS), pressed)
    }

    @Test
    fun `reading the list leaves a bar, whose button opens the door`() {
        show()
        compose.onNodeWithTag("list").performTouchInput { swipeUp() }
        compose.onNodeWithContentDescription("Inner door").assertDoesNotExist()
        compose.onNodeWithContentDescription("Entrance").performClick()
        compose.onNodeWithContentDescription("Inner door").assertIsDisplayed()
        assertEquals(listOf<Pair<String, Any>>("1" to Door.ENTRANCE), pressed)
    }

    @Test
    fun `an answer that comes at once shows no work before it`() {
        show()
        compose.mainClock.autoAdvance = false
        entrance = Taps.searching
        compose.mainClock.advanceTimeBy(200)
        compose.onNodeWithText("Searching…").assertDoesNotExist()
        entrance = Taps.open
        compose.mainClock.advanceTimeBy(50)
        compose.onNodeWithText("Key active").assertExists()
    }

    @Test
    fun `work that lasts is shown`() {
        show()
        shows(Taps.searching)
        compose.mainClock.advanceTimeBy(400)
        compose.onNodeWithText("Searching…").assertExists()
        shows(Taps.connecting)
        compose.onNodeWithText("Connecting…").assertExists()
    }

    @Test
    fun `the intercom that was chosen is shown, and a swipe shows the next`() {
        val places = listOf(residents(), residents(id = "2", name = "Office"), residents(id = "3", name = "Cellar"))
        val shown = mutableListOf<String>()
        compose.show { HomeScreen(HomeState(places, place = "2"), actions, onShow = { shown += it }) {} }
        compose.onNodeWithText("Office").assertIsDisplayed().performTouchInput { swipeLeft() }
        compose.onNodeWithText("Cellar").assertIsDisplayed()
        compose.waitForIdle()
        assertEquals(listOf("2", "3"), shown)
    }

    @Test
    fun `Home goes to what was added, as soon as it is there`() {
        var places by mutableStateOf(listOf(residents()))
        var goal by mutableStateOf<String?>("2")
        compose.show { HomeScreen(HomeState(places), actions, goal, { goal = null }) {} }
        compose.waitForIdle()
        assertEquals("2", goal)
        places = places + residents(id = "2", name = "Office")
        compose.onNodeWithText("Office").assertIsDisplayed()
        assertEquals(null, goal)
    }

    @Test
    fun `a step of an opening, or a second less, draws the doors and not the list`() {
        val drawn = Drawn()
        compose.show { HomeScreen(HomeState(listOf(residents(entrance, notes = listOf(waiting)))), actions) { Counted(it, drawn) } }
        val before = drawn.times
        for (tap in listOf(Taps.searching, Taps.connecting, Taps.asking, Taps.open)) shows(tap)
        for (left in 4 downTo 1) shows(Taps.open.copy(detail = "$left seconds left", state = TapState.Opened(left, 5, Via.BLUETOOTH)))
        compose.onNodeWithText("1 seconds left").assertExists()
        assertEquals("the list was drawn again", before, drawn.times)
    }

    private class Drawn {
        var times = 0
    }

    @Composable
    private fun Counted(
        content: TabContent,
        drawn: Drawn,
    ) {
        SideEffect { drawn.times++ }
        Text(content.intercom)
    }

    @Test
    fun `a screen reader hears that the door is open, and not every second`() {
        show()
        shows(Taps.open)
        shows(Taps.open.copy(detail = "4 seconds left", spoken = "Entrance open, 4 seconds"))
        compose.onNodeWithText("4 seconds left").assertExists()
        compose.onNodeWithContentDescription("Entrance")
            .assert(hasStateDescription(Taps.open.spoken))
            .assert(SemanticsMatcher.keyIsDefined(SemanticsProperties.LiveRegion))
    }
}
