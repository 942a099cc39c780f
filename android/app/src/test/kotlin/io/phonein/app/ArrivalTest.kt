package io.phonein.app

import android.content.ComponentName
import android.content.Intent
import android.net.Uri
import io.phonein.app.door.OpenEntrance
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

/** What the app makes of the ways in which it is started. */
@RunWith(RobolectricTestRunner::class)
class ArrivalTest {
    private val app = RuntimeEnvironment.getApplication()
    private val link = "https://phonein.example/k#AQ-_x"

    @Test
    fun `a link of the system keeps what stands behind the hash`() {
        val view = Intent(Intent.ACTION_VIEW, Uri.parse(link))
        assertEquals(Arrival.Link(link), Arrival.of(view))
        assertFalse("the link gets into no log", "AQ" in "${Arrival.of(view)}")
    }

    @Test
    fun `text from a browser or a message is looked through by the core`() {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, "Anna: $link")
        assertEquals(Arrival.Link("Anna: $link"), Arrival.of(send))
        assertEquals(Arrival.Plain, Arrival.of(Intent(Intent.ACTION_SEND)))
    }

    @Test
    fun `a shortcut opens its own door and the tile the last one`() {
        assertEquals(Arrival.Entrance("home"), Arrival.of(OpenEntrance.intent(app, "home")))
        assertEquals(Arrival.Entrance(null), Arrival.of(OpenEntrance.intent(app)))
    }

    @Test
    fun `another app opens no door, whatever it puts into the intent`() {
        val foreign = OpenEntrance.intent(app, "home").setComponent(ComponentName(app, MainActivity::class.java))
        assertEquals(Arrival.Plain, Arrival.of(foreign))
        assertEquals(Arrival.Plain, Arrival.of(Intent(Arrival.OPEN_ENTRANCE).putExtra(Arrival.INTERCOM, "home")))
    }

    @Test
    fun `an intent from the list of recent apps was answered before`() {
        val again = OpenEntrance.intent(app, "home").addFlags(Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY)
        assertEquals(Arrival.Plain, Arrival.of(again))
        val link = Intent(Intent.ACTION_VIEW, Uri.parse(link)).addFlags(Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY)
        assertEquals(Arrival.Plain, Arrival.of(link))
    }
}
