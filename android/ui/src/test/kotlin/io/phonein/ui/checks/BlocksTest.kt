package io.phonein.ui.checks

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.ui.parts.NamedIconButton
import io.phonein.ui.theme.Icons
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import java.io.File

/** What the comparison of pictures finds, and what it lets pass. */
class BlocksTest {
    @get:Rule
    val folder = TemporaryFolder()

    private fun drawn(
        hasButton: Boolean = true,
        down: Int = 0,
        words: String = "Anna's key",
    ) = Blocks.of(draw(Look()) { Page(hasButton, down, words) })

    @Composable
    private fun Page(
        hasButton: Boolean,
        down: Int,
        words: String,
    ) = Column(Modifier.padding(16.dp)) {
        Text(words)
        // A pixel of a picture is half a dp.
        Column(Modifier.padding(top = (16 + down / 2).dp)) { if (hasButton) NamedIconButton(Icons.Gear, "Settings", {}) }
    }

    @Test
    fun `the same is the same, also after it was kept`() {
        val file = File(folder.root, "picture.png")
        drawn().write(file)
        assertEquals(0, drawn().differing(checkNotNull(Blocks.read(file))))
    }

    @Test
    fun `a missing button is found`() = assertTrue(drawn().differing(drawn(hasButton = false)) > Blocks.MOST)

    @Test
    fun `a button that moved by 8 pixels is found`() = assertTrue(drawn().differing(drawn(down = 8)) > Blocks.MOST)

    @Test
    fun `another word is found`() = assertTrue(drawn().differing(drawn(words = "Béla's key")) > Blocks.MOST)

    @Test
    fun `a picture of another size is another picture`() {
        val smaller = Blocks.of(draw(Look(width = 320)) { Text("Anna's key") })
        assertTrue(drawn().differing(smaller) > Blocks.MOST)
    }
}
