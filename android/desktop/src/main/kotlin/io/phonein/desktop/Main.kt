package io.phonein.desktop

import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.WindowState
import androidx.compose.ui.window.singleWindowApplication
import io.phonein.core.Config
import io.phonein.core.DayClock
import io.phonein.core.Phonein
import io.phonein.core.softwareKeys
import io.phonein.ui.App
import io.phonein.ui.Navigation
import io.phonein.ui.Opening
import io.phonein.ui.theme.PhoneinTheme
import kotlinx.coroutines.delay
import java.io.File
import kotlin.io.path.Path
import kotlin.time.Duration.Companion.seconds

/** One phone, in a window: the first word is the directory where it keeps its wallet, the second a link it opens. */
fun main(words: Array<String>) {
    val directory = Path(words.firstOrNull() ?: error("usage: MainKt DIRECTORY [LINK]"))
    // While the window is made.
    val opening = Opening { Phonein.open(Config(directory, DayClock.TWENTY_FOUR), softwareKeys("$directory/keys")) }
    opening.begin()
    val navigation = Navigation()
    words.getOrNull(1)?.let(navigation::openLink)
    singleWindowApplication(
        title = "Phonein · ${directory.fileName}",
        state = WindowState(size = DpSize(412.dp, 915.dp)),
        onKeyEvent = { event ->
            val isBack = event.key == Key.Escape && event.type == KeyEventType.KeyDown && navigation.goesBack
            if (isBack) navigation.back()
            isBack
        },
    ) {
        PhoneinTheme(family = font(System.getProperty("phonein.fonts"))) {
            App(opening, navigation, remember { DesktopShell(window, opening) }) { phonein ->
                // A phone says when its network is back; a desktop just tries.
                LaunchedEffect(phonein) {
                    while (true) {
                        runCatching { phonein.sync() }
                        delay(30.seconds)
                    }
                }
            }
        }
    }
}

/** Roboto as on a phone, if it is in that folder; else what the desktop has. */
private fun font(folder: String?): FontFamily {
    val files = listOf("Regular" to 400, "Medium" to 500, "Bold" to 700).map { (name, weight) -> File(folder, "Roboto-$name.ttf") to weight }
    if (!files.all { (file, _) -> file.exists() }) return FontFamily.Default
    return FontFamily(files.map { (file, weight) -> Font(file, FontWeight(weight), FontStyle.Normal) })
}
