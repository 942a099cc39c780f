package io.phonein.app.door

import android.content.pm.ShortcutManager
import android.view.ViewGroup
import android.widget.FrameLayout
import android.widget.TextView
import io.phonein.app.Arrival
import io.phonein.app.R
import io.phonein.app.Shortcuts
import io.phonein.app.system
import io.phonein.core.Intercom
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** The ways to a door without a look at the app. */
@RunWith(RobolectricTestRunner::class)
class DoorTest {
    private val app = RuntimeEnvironment.getApplication()

    private fun arrived() = Arrival.of(checkNotNull(shadowOf(app).nextStartedActivity))

    @Test
    fun `what the tile starts opens the entrance`() {
        // Robolectric has no way to press a tile of Android 14 and newer.
        OpenEntrance.pending(app).send()
        assertEquals(Arrival.Entrance(null), arrived())
    }

    @Test
    fun `the widget opens the entrance, and no one can turn its intent into another`() {
        val view = EntranceWidget.views(app).apply(app, FrameLayout(app))
        val button = checkNotNull(view.findViewById<ViewGroup>(R.id.entrance))
        assertEquals("ENTRANCE", (button.getChildAt(1) as TextView).text)
        button.performClick()
        assertEquals(Arrival.Entrance(null), arrived())
        assertTrue(OpenEntrance.pending(app).isImmutable)
    }

    @Test
    fun `each intercom has a shortcut, as many as a launcher shows`() {
        val intercoms = (1..6).map { Intercom("id$it", "Home $it", isManager = true, fingerprint = "") }
        Shortcuts(app).show(intercoms, "ENTRANCE")
        val shortcuts = app.system<ShortcutManager>().dynamicShortcuts
        assertEquals(listOf("Home 1", "Home 2", "Home 3", "Home 4"), shortcuts.map { it.shortLabel }.sortedBy { "$it" })
        val third = shortcuts.single { it.id == "id3" }
        assertEquals(Arrival.Entrance("id3"), Arrival.of(checkNotNull(third.intent)))
    }
}
