package io.phonein.app

import android.database.sqlite.SQLiteDatabase
import android.os.Looper
import android.provider.Settings
import android.view.View
import android.view.ViewGroup
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getAllSemanticsNodes
import androidx.compose.ui.semantics.getOrNull
import io.phonein.core.DayClock
import io.phonein.core.Phonein
import io.phonein.ui.Opened
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import java.io.File

/** The app's window on Android 15, over the real core. */
@RunWith(RobolectricTestRunner::class)
class MainActivityTest {
    private val app = RuntimeEnvironment.getApplication() as TestPhoneinApplication
    private val controller = Robolectric.buildActivity(MainActivity::class.java)
    private val activity get() = controller.get()

    private fun core(): Phonein {
        waitFor("the core") { app.opening.state.value != Opened.NotYet }
        return (app.opening.state.value as Opened.Ready).phonein
    }

    /** What the core tells comes from threads of its own. */
    private fun waitFor(
        what: String,
        isThere: () -> Boolean,
    ) {
        val end = System.nanoTime() + 30_000_000_000
        do {
            shadowOf(Looper.getMainLooper()).idle()
            if (isThere()) return
            Thread.sleep(5)
        } while (System.nanoTime() < end)
        error("$what: did not come; shown: ${nodes().mapNotNull { it.words }}")
    }

    private fun View.roots(): List<RootForTest> =
        when (this) {
            is RootForTest -> listOf(this)
            is ViewGroup -> (0 until childCount).flatMap { getChildAt(it).roots() }
            else -> emptyList()
        }

    private fun nodes(): List<SemanticsNode> =
        activity.window.decorView
            .roots()
            .flatMap { it.semanticsOwner.getAllSemanticsNodes(mergingEnabled = true) }

    private val SemanticsNode.words get() = config.getOrNull(SemanticsProperties.Text)?.joinToString()

    private fun waitForWords(words: String) = waitFor(words) { nodes().any { it.words == words } }

    private fun press(words: String) {
        waitForWords(words)
        val action = nodes().first { it.words == words }.config[SemanticsActions.OnClick].action
        checkNotNull(action).invoke()
    }

    @Test
    fun `it draws the screens, and a page is still there after the screen was turned`() {
        controller.setup()
        press("ADD NEW DEVICE")
        waitForWords("Add device")
        controller.recreate()
        waitForWords("Add device")
        activity.onBackPressedDispatcher.onBackPressed()
        waitForWords("Welcome to Phonein")
    }

    @Test
    fun `hours and zone that changed while it was behind others are read when it is in front again`() {
        Settings.System.putString(app.contentResolver, Settings.System.TIME_12_24, "24")
        controller.setup()
        val core = core()
        waitFor("24 hours") { core.dayClock() == DayClock.TWENTY_FOUR }
        controller.pause().stop()
        Settings.System.putString(app.contentResolver, Settings.System.TIME_12_24, "12")
        controller.restart().resume()
        waitFor("12 hours") { core.dayClock() == DayClock.TWELVE }
    }

    @Test
    fun `a wallet that cannot be read says so, and does not end the app`() {
        core()
        val file = File(app.noBackupFilesDir, "wallet/wallet.db").path
        SQLiteDatabase.openDatabase(file, null, SQLiteDatabase.OPEN_READWRITE).use { it.execSQL("ALTER TABLE intercom RENAME TO elsewhere") }
        controller.setup()
        waitForWords("Something went wrong in the app")
        assertFalse(activity.isFinishing)
    }
}
