package io.phonein.ui.home

import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.Tap
import io.phonein.ui.activity.ActivityList
import io.phonein.ui.activity.activity
import io.phonein.ui.activity.noActivityActions
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.show
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

@RunWith(Parameterized::class)
class HomeAccessibilityTest(
    private val look: Look,
    private val tap: Tap,
) {
    @get:Rule
    val compose = createComposeRule()

    @Test
    fun `everything can be pressed, has a name, and is whole`() {
        compose.show(look) {
            HomeScreen(HomeState(listOf(residents(tap, notes = listOf(waiting, lost)))), noActions) { ActivityList(it, activity, noActivityActions) }
        }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun cases() = Look.ALL.flatMap { look -> Taps.all.map { arrayOf(look, it) } }
    }
}
