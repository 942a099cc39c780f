package io.phonein.app

import android.content.Intent

/** What somebody wants who starts the app. */
sealed interface Arrival {
    /** Just the app. */
    data object Plain : Arrival

    /** A link, with whatever text is around it; the core finds it. */
    data class Link(
        val text: String,
    ) : Arrival {
        /** Whoever has the link may get the key. */
        override fun toString() = "Link"
    }

    /** Opens the entrance of this intercom, or where Home stands. */
    data class Entrance(
        val intercom: String?,
    ) : Arrival

    companion object {
        /** The door that a shortcut, the tile or the widget names. */
        const val INTERCOM = "io.phonein.app.INTERCOM"

        /**
         * The only name under which a door opens. It is not exported: no other app starts it, while any may start the app itself
         * with whatever it likes.
         */
        const val OPEN_ENTRANCE = "io.phonein.app.OpenEntrance"

        fun of(intent: Intent): Arrival =
            when {
                // Taken from the list of recent apps it is the same intent once more: its door was opened long ago.
                intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0 -> Plain
                intent.component?.className == OPEN_ENTRANCE -> Entrance(intent.getStringExtra(INTERCOM))
                intent.action == Intent.ACTION_VIEW -> intent.dataString?.let(::Link) ?: Plain
                intent.action == Intent.ACTION_SEND -> intent.getStringExtra(Intent.EXTRA_TEXT)?.let(::Link) ?: Plain
                else -> Plain
            }
    }
}
