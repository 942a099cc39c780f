package io.phonein.ui.locations

import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import io.phonein.core.Intercom
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class LocationsPictures {
    @get:Rule
    val compose = createComposeRule()

    private val chosen = mutableListOf<String>()
    private val actions = LocationsActions({ chosen += it }, {}, {}, {})
    private val three =
        LocationsState(
            listOf("Home", "Office", "Grandma's flat in the old town").mapIndexed { index, name -> Intercom("$index", name, true, "") },
        )

    @Test
    fun three() = pictures("locations/three") { LocationsScreen(three, actions) }

    @Test
    fun `a press chooses one`() {
        compose.show { LocationsScreen(three, actions) }
        compose.onNodeWithText("Office").performClick()
        assertEquals(listOf("1"), chosen)
    }

    @Test
    fun `large text is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { LocationsScreen(three, actions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
