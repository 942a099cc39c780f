package io.phonein.app

import android.content.Intent
import android.net.Uri
import android.os.Looper
import androidx.lifecycle.ViewModelProvider
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** The app itself, over the real core, as far as it runs without a phone. */
@RunWith(RobolectricTestRunner::class)
class MainActivityTest {
    private val app = RuntimeEnvironment.getApplication() as PhoneinApplication
    private val link = Intent(Intent.ACTION_VIEW, Uri.parse("https://phonein.example/k#AQ"))

    private fun started(intent: Intent? = null): ActivityController<MainActivity> {
        val controller = Robolectric.buildActivity(MainActivity::class.java, intent).setup()
        repeat(600) {
            if (app.opening.state.value is Opened.NotYet) Thread.sleep(50)
        }
        assertTrue("${(app.opening.state.value as? Opened.Failed)?.told}", app.opening.state.value is Opened.Ready)
        shadowOf(Looper.getMainLooper()).idle()
        return controller
    }

    private fun ActivityController<MainActivity>.shown() = ViewModelProvider(get())[Navigation::class.java].shown.route

    @Test
    fun `it opens the core and shows Home`() = started().use { assertEquals(Route.Home, it.shown()) }

    @Test
    fun `a link shows what it offers, once, also after the screen was turned`() =
        started(link).use {
            assertEquals(Route.Accept(checkNotNull(link.dataString)), it.shown())
            ViewModelProvider(it.get())[Navigation::class.java].back()
            it.recreate()
            assertEquals(Route.Home, it.shown())
        }

    @Test
    fun `a link that comes while the app runs takes the place of one that is shown`() =
        started(link).use {
            val second = Uri.parse("https://phonein.example/k#AR")
            it.newIntent(Intent(Intent.ACTION_VIEW, second))
            assertEquals(Route.Accept("$second"), it.shown())
            ViewModelProvider(it.get())[Navigation::class.java].back()
            assertEquals(Route.Home, it.shown())
        }
}
