package io.phonein.core

import kotlinx.coroutines.flow.last
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.readText

/** The quick start of both READMEs, run as it stands there. */
class QuickStartTest {
    private suspend fun quickStart(
        directory: Path,
        code: String,
    ) {
        // README
        val phonein = Phonein.open(Config(directory, DayClock.TWENTY_FOUR), softwareKeys("$directory/keys"))
        val added = phonein.addIntercom(code, name = "Home", ownName = "Anna").last() as PairingProgress.Added
        val key = phonein.newKey(added.intercom).use { page ->
            page.setName("Peter, my brother")
            println(page.state().sentence) // This key will be valid forever
            page.save()
        }
        println(phonein.share(key).text) // one short text with the link, for the share sheet
        phonein.unlock(added.intercom).collect { tap -> println(tap.title) } // …, Key active, Press to activate key
        // README
        phonein.close()
    }

    @Test
    fun `the quick start runs`() = inWorld { quickStart(directory(), device().code) }

    @Test
    fun `the quick start is the one of README`() {
        val test = Path("src/test/kotlin/io/phonein/core/QuickStartTest.kt").readText()
        val run = test.split("        // README\n")[1].trimIndent()
        for (readme in listOf("README.md", "../../README.md")) {
            assertEquals(run, Path(readme).readText().substringAfter("```kotlin\n").substringBefore("\n```"), readme)
        }
    }
}
