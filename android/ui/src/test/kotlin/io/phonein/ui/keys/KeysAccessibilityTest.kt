package io.phonein.ui.keys

import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.show
import io.phonein.ui.home.TabContent
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

@RunWith(Parameterized::class)
class KeysAccessibilityTest(
    private val look: Look,
) {
    @get:Rule
    val compose = createComposeRule()

    private fun isWhole(content: @Composable () -> Unit) {
        compose.show(look, content)
        compose.checkTargets()
        compose.checkNothingIsCut()
    }

    @Test
    fun `the list`() =
        isWhole {
            KeysList(TabContent("1", {}, {}, PaddingValues()), KeysState("1", keys = rows, isSearchable = true), noKeysActions)
        }

    @Test
    fun `a key's page`() = isWhole { KeyScreen(KeyState(details()), null, KeyActions({}, {}, {}, {}, {})) }

    @Test
    fun `an overtaken key's page`() =
        isWhole { KeyScreen(KeyState(details(rows[8], overtaken)), null, KeyActions({}, {}, {}, {}, {})) }

    @Test
    fun `the question before a key is deleted`() =
        isWhole { DeleteDialog(DeleteQuestion("7", deleteCleaner, "DELETE"), {}, {}) }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun cases() = Look.ALL.map { arrayOf(it) }
    }
}
