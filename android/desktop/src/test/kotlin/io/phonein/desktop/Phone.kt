package io.phonein.desktop

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import io.phonein.core.Config
import io.phonein.core.DayClock
import io.phonein.core.Phonein
import io.phonein.core.softwareKeys
import io.phonein.ui.App
import io.phonein.ui.Handed
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.Navigation
import io.phonein.ui.OnScreen
import io.phonein.ui.Shell
import io.phonein.ui.SystemPage
import io.phonein.ui.theme.PhoneinTheme
import kotlinx.coroutines.runBlocking
import java.nio.file.Path
import java.time.ZoneId
import java.util.Locale
import kotlin.io.path.createTempDirectory

/** A core over what is in that directory; nothing at first. */
fun phone(directory: Path = createTempDirectory("phonein-phone")): Phonein {
    val config = Config(directory, DayClock.TWENTY_FOUR, Locale.ENGLISH, ZoneId.of("Europe/Budapest"))
    return runBlocking { Phonein.open(config, softwareKeys("$directory/keys")) }
}

/** The app's screens without motion: what moves keeps a test waiting while the seconds of an open door pass. */
@Composable
fun Screens(
    phonein: Phonein,
    navigation: Navigation,
    shell: Shell = NoShell,
) = PhoneinTheme(isDark = false) {
    CompositionLocalProvider(LocalReducedMotion provides true) { App(phonein, navigation, shell) }
}

/** A platform that does nothing. */
object NoShell : Shell {
    override val hasScanner = false

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
