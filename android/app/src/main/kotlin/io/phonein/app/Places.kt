package io.phonein.app

import android.content.Context
import androidx.core.content.edit

/** What the app remembers of itself; the rest is the core's. */
class Places(
    private val context: Context,
) {
    private val preferences = context.getSharedPreferences("places", Context.MODE_PRIVATE)

    /** Whether the colours are those of the wallpaper. */
    var usesSystemColors: Boolean
        get() = preferences.getBoolean("system-colors", false)
        set(value) = preferences.edit { putBoolean("system-colors", value) }

    /** Whether screenshots leave links out. */
    var hidesLinks: Boolean
        get() = preferences.getBoolean("hides-links", context.resources.getBoolean(R.bool.hide_links_from_screenshots))
        set(value) = preferences.edit { putBoolean("hides-links", value) }
}
