package io.phonein.ui.checks

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalCursorBlinkEnabled
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import io.phonein.ui.LocalLabels
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.theme.PhoneinTheme
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import org.junit.Assert.assertTrue
import java.io.File
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration.Companion.seconds

/** A phone or tablet, and how its person set it up. */
data class Look(
    val width: Int = 412,
    val height: Int = 915,
    val isDark: Boolean = false,
    val fontScale: Float = 1f,
    val isMirrored: Boolean = false,
) {
    override fun toString() =
        listOfNotNull(
            "$width",
            if (isDark) "dark" else null,
            if (fontScale != 1f) "x$fontScale" else null,
            if (isMirrored) "rtl" else null,
        ).joinToString("-")

    companion object {
        /** What every screen is looked at in. */
        val ALL =
            listOf(
                Look(),
                Look(isDark = true),
                Look(fontScale = 2f),
                Look(isMirrored = true),
                Look(width = 320, height = 640),
                Look(width = 320, height = 640, fontScale = 2f),
                Look(width = 840, height = 600),
            )
    }
}

/** The screen in everything it stands in, as this person sees it. */
@Composable
fun InApp(
    look: Look = Look(),
    content: @Composable () -> Unit,
) = CompositionLocalProvider(
    LocalLayoutDirection provides if (look.isMirrored) LayoutDirection.Rtl else LayoutDirection.Ltr,
    LocalLabels provides core::label,
    LocalNavigation provides Navigation(),
    LocalShell provides NoShell,
    LocalReducedMotion provides true,
    // It blinks by the computer's clock.
    LocalCursorBlinkEnabled provides false,
) {
    PhoneinTheme(look.isDark, Roboto) { Surface(Modifier.fillMaxSize(), content = content) }
}

/** Draws the screen as it is once it has come to rest. */
@OptIn(ExperimentalCoroutinesApi::class)
fun draw(
    look: Look = Look(),
    content: @Composable () -> Unit,
): Image {
    // Text grows in proportion here, which is more than it does on a phone.
    val density = Density(2f, look.fontScale)
    // What waits, as a field does before it takes the focus, waits by this clock and not by how fast the computer draws.
    val clock = TestCoroutineScheduler()
    val scene = ImageComposeScene((look.width * 2), (look.height * 2), density, UnconfinedTestDispatcher(clock)) { InApp(look, content) }
    try {
        scene.render(0)
        clock.advanceTimeBy(1.seconds)
        // What starts then has settled a few seconds later.
        for (second in 1L..3L) scene.render(second * 1_000_000_000)
        return scene.render(4_000_000_000)
    } finally {
        scene.close()
    }
}

/** Each picture's own file: two of one name would hide each other. */
private val drawn = ConcurrentHashMap.newKeySet<File>()

/** Draws the screen into the folder of pictures, and sees that it looks as it did; `cargo xtask pictures` makes what it is now the rule. */
fun picture(
    name: String,
    look: Look = Look(),
    content: @Composable () -> Unit,
) {
    val image = draw(look, content)
    val bytes = checkNotNull(image.encodeToData(EncodedImageFormat.PNG)).bytes
    val file = File(System.getProperty("phonein.screens"), "$name-$look.png")
    assertTrue("$file is drawn twice", drawn.add(file))
    file.parentFile.mkdirs()
    file.writeBytes(bytes)
    assertTrue("$file shows nothing", bytes.size > 4_000)
    val kept = File(System.getProperty("phonein.pictures"), "$name-$look.png")
    val blocks = Blocks.of(image)
    if (System.getProperty("phonein.renew") == "true") return blocks.write(kept)
    val before = checkNotNull(Blocks.read(kept)) { "$kept is not there: look at $file, then `cargo xtask pictures`" }
    val differing = blocks.differing(before)
    assertTrue("$file differs from $kept in $differing blocks: if it is right so, `cargo xtask pictures`", differing <= Blocks.MOST)
}

/** One picture for each way of looking. */
fun pictures(
    name: String,
    content: @Composable () -> Unit,
) = Look.ALL.forEach { picture(name, it, content) }
