package io.phonein.ui.managers

import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import io.phonein.core.KeyCategory
import io.phonein.core.KeyStatus
import io.phonein.core.ManagerKey
import io.phonein.core.ManagerRemoval
import io.phonein.core.Sign
import io.phonein.core.Told
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import io.phonein.ui.keys.row
import io.phonein.ui.settings.Progress
import io.phonein.ui.settings.anna
import io.phonein.ui.settings.bela
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class ManagersPictures {
    @get:Rule
    val compose = createComposeRule()

    private val done = mutableListOf<Any?>()
    private val actions =
        ManagersActions(
            onPropose = { done += it },
            onAdd = { done += "add" },
            onAskRemoval = { done += it },
            onKeep = { key, keeps -> done += key to keeps },
            onRemove = { done += "remove" },
            onCloseRemoval = { done += "close" },
            onBack = {},
        )

    private val key =
        row("Cleaner", KeyCategory.SERVICES, "Services", KeyStatus.Held("Cili"), "On Cili's phone", Sign.PHONE, opens = true)
    private val two = ManagersState(listOf(anna, bela), listOf(key))
    private val removal =
        ManagerRemoval(
            Told(
                "Remove Béla?",
                "Choose which of these keys to keep. The link of one that nobody has accepted may still be with Béla",
                "Remove Béla?",
            ),
            listOf(
                ManagerKey("8", "Béla's own", "On Béla's phone", false),
                ManagerKey("9", "Grandma", "Shared, not accepted yet", true),
            ),
        )
    private val leaving = two.copy(leaving = Leaving("b", removal, setOf("9")))
    private val unreached = Progress(wrong = "The intercom was not reached. Nothing has changed there.")

    @Test
    fun two() = pictures("managers/two") { ManagersScreen(two, actions) }

    @Test
    fun alone() = pictures("managers/alone") { ManagersScreen(ManagersState(listOf(anna)), actions) }

    @Test
    fun proposal() = pictures("managers/proposal") { ManagersScreen(two.copy(candidate = key, progress = unreached), actions) }

    @Test
    fun removal() = pictures("managers/removal") { ManagersScreen(leaving, actions) }

    @Test
    fun `removal unreached`() = pictures("managers/removal-unreached") { ManagersScreen(leaving.copy(progress = unreached), actions) }

    @Test
    fun `this phone is not removed here, others are`() {
        compose.show { ManagersScreen(two, actions) }
        compose.onNodeWithText("Remove").performClick()
        compose.onNodeWithText("MAKE MANAGER").performClick()
        assertEquals(listOf("b", key), done)
    }

    @Test
    fun `large text is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { ManagersScreen(two, actions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    @Test
    fun `large text of a removal is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { ManagersScreen(leaving, actions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
