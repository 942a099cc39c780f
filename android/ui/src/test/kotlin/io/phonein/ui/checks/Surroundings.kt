package io.phonein.ui.checks

import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import io.phonein.core.Config
import io.phonein.core.DayClock
import io.phonein.core.Phonein
import io.phonein.core.softwareKeys
import io.phonein.ui.Handed
import io.phonein.ui.OnScreen
import io.phonein.ui.Shell
import io.phonein.ui.SystemPage
import kotlinx.coroutines.runBlocking
import java.io.File
import java.time.ZoneId
import java.util.Locale
import kotlin.io.path.createTempDirectory

/** Android's font, as Debian has it: pictures are the same on every machine. */
val Roboto: FontFamily =
    FontFamily(
        listOf("Regular" to 400, "Medium" to 500, "Bold" to 700).map { (name, weight) ->
            val file = File(System.getProperty("phonein.fonts"), "Roboto-$name.ttf")
            // Else another font is taken without a word.
            check(file.exists()) { "$file is not there: install fonts-roboto-unhinted" }
            Font(file, FontWeight(weight), FontStyle.Normal)
        },
    )

/** A core with nothing in it, for its words. */
val core: Phonein by lazy {
    val directory = createTempDirectory("phonein-pictures")
    val config = Config(directory, DayClock.TWENTY_FOUR, Locale.ENGLISH, ZoneId.of("Europe/Budapest"))
    runBlocking { Phonein.open(config, softwareKeys("$directory/keys")) }
}

/** A platform that does nothing, with a camera. */
object NoShell : Shell {
    override val hasScanner = true

    override fun share(text: String) = Handed.TOLD

    override fun copy(text: String) = Handed.TOLD

    override fun paste(): String? = null

    override suspend fun scan(): String? = null

    override suspend fun isPresent(place: String) = true

    override var hidesLinks: Boolean? = null

    override var usesSystemColors: Boolean? = null

    override fun onScreen(what: OnScreen) = Unit

    override fun open(page: SystemPage) = Unit

    override fun keep(
        name: String,
        content: String,
    ) = Unit
}
