package io.phonein.app

import android.app.Activity
import android.view.WindowManager.LayoutParams
import io.phonein.ui.OnScreen
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner

/** The window while a link is on screen. */
@RunWith(RobolectricTestRunner::class)
class SecrecyTest {
    private val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
    private val secrecy = Secrecy(activity)
    private val window get() = activity.window.attributes

    private fun has(flag: Int) = window.flags and flag != 0

    @Test
    fun `a code that is held out is bright and stays on, and no longer than that`() {
        secrecy.show(OnScreen.QR_CODE_HELD_OUT)
        assertEquals(LayoutParams.BRIGHTNESS_OVERRIDE_FULL to true, window.screenBrightness to has(LayoutParams.FLAG_KEEP_SCREEN_ON))
        secrecy.show(OnScreen.LINK)
        assertEquals(LayoutParams.BRIGHTNESS_OVERRIDE_NONE to false, window.screenBrightness to has(LayoutParams.FLAG_KEEP_SCREEN_ON))
    }

    @Test
    fun `screenshots show links only where the person lets them`() {
        val places = Places(activity)
        places.hidesLinks = true
        secrecy.show(OnScreen.LINK)
        assertEquals(true, has(LayoutParams.FLAG_SECURE))
        secrecy.show(OnScreen.NOTHING_SECRET)
        assertEquals(false, has(LayoutParams.FLAG_SECURE))
        places.hidesLinks = false
        secrecy.show(OnScreen.LINK)
        assertEquals(false, has(LayoutParams.FLAG_SECURE))
    }
}
