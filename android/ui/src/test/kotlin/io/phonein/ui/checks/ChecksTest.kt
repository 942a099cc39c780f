package io.phonein.ui.checks

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

/** The checks find what they are for: each is shown one fault. */
class ChecksTest {
    @get:Rule
    val compose = createComposeRule()

    private fun finds(
        words: String,
        check: () -> Unit,
        fault: @Composable () -> Unit,
    ) {
        compose.show(Look(fontScale = 2f)) { Column { fault() } }
        val error = assertThrows(AssertionError::class.java) { check() }
        assertTrue("$error", words in "$error")
    }

    @Composable
    private fun Target(
        name: String,
        size: Int = 48,
        role: Role? = Role.Button,
    ) = Box(Modifier.size(size.dp).clickable(role = role) {}.semantics { contentDescription = name })

    @Test
    fun `a target that is too small`() = finds("smaller", compose::checkTargets) { Target("small", size = 47) }

    @Test
    fun `a target without a name`() = finds("without a name", compose::checkTargets) { Target("") }

    @Test
    fun `a target without a role`() = finds("without a role", compose::checkTargets) { Target("vague", role = null) }

    @Test
    fun `a page where nothing can be pressed`() = finds("nothing can be pressed", compose::checkTargets) { Text("words") }

    @Test
    fun `text that ends in dots`() =
        finds("cut: long", compose::checkNothingIsCut) {
            Text("long ".repeat(40), maxLines = 1, overflow = TextOverflow.Ellipsis)
        }

    @Test
    fun `text in a box that is too low`() =
        finds("cut: long", compose::checkNothingIsCut) { Text("long ".repeat(40), Modifier.height(40.dp)) }

    @Test
    fun `a word that is wider than its room`() =
        finds("cut: unbreakable", compose::checkNothingIsCut) {
            Text("unbreakable", Modifier.size(60.dp, 400.dp), softWrap = false)
        }

    @Test
    fun `a word that is broken`() = finds("cut: unbreakable", compose::checkNothingIsCut) { Text("unbreakable", Modifier.width(60.dp)) }
}
