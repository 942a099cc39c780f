package io.phonein.app

import android.app.Activity
import android.view.WindowManager.LayoutParams
import io.phonein.ui.OnScreen

/** What the window does while a link or its QR code is on screen. */
class Secrecy(
    private val activity: Activity,
) {
    fun show(what: OnScreen) {
        val window = activity.window
        if (what != OnScreen.NOTHING_SECRET && Places(activity).hidesLinks) {
            window.addFlags(LayoutParams.FLAG_SECURE)
        } else {
            window.clearFlags(LayoutParams.FLAG_SECURE)
        }
        val isBright = what == OnScreen.QR_CODE_HELD_OUT
        // A scanner reads a bright screen, and a screen that stays on.
        if (isBright) window.addFlags(LayoutParams.FLAG_KEEP_SCREEN_ON) else window.clearFlags(LayoutParams.FLAG_KEEP_SCREEN_ON)
        window.attributes =
            window.attributes.apply {
                screenBrightness = if (isBright) LayoutParams.BRIGHTNESS_OVERRIDE_FULL else LayoutParams.BRIGHTNESS_OVERRIDE_NONE
            }
    }
}
