package io.phonein.app

import android.content.ClipDescription
import android.content.Intent
import android.net.Uri
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

/** What other apps get. */
@RunWith(RobolectricTestRunner::class)
class SharingTest {
    private val app = RuntimeEnvironment.getApplication()

    @Test
    fun `the text goes to the app that the person chooses`() {
        val chooser = Sharing.chooser("a key")
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        val send = checkNotNull(chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java))
        assertEquals(listOf(Intent.ACTION_SEND, "text/plain", "a key"), listOf(send.action, send.type, send.getStringExtra(Intent.EXTRA_TEXT)))
    }

    @Test
    fun `an export goes as a file that the chosen app may read, and the one before is gone`() {
        val first = stream(Sharing.file(app, "first.json", "{}"))
        val sharing = Sharing.file(app, "activity.csv", "a,b")
        assertEquals("text/csv", sharing.type)
        assertTrue(sharing.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        assertEquals("io.phonein.app.shared", stream(sharing).authority)
        assertEquals("a,b", read(stream(sharing)))
        assertEquals(null, runCatching { read(first) }.getOrNull())
        // A name does not lead out of the folder.
        assertEquals("/shared/wallet.csv", stream(Sharing.file(app, "../../wallet.csv", "")).path)
    }

    @Test
    fun `a copied link shows in no preview`() {
        assertTrue(Sharing.clip("link").description.extras.getBoolean(ClipDescription.EXTRA_IS_SENSITIVE))
    }

    private fun stream(intent: Intent): Uri = checkNotNull(intent.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java))

    private fun read(uri: Uri) = checkNotNull(app.contentResolver.openInputStream(uri)).use { it.readBytes().decodeToString() }
}
