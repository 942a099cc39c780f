package io.phonein.app.door

import android.app.PendingIntent
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import io.phonein.app.Arrival

/** Starts the app so that it opens an entrance at once: what a shortcut, the tile and the widget do. */
object OpenEntrance {
    /** @param intercom `null` for the one at which Home stood last. */
    fun intent(
        context: Context,
        intercom: String? = null,
    ): Intent =
        Intent(Intent.ACTION_MAIN)
            .setComponent(ComponentName(context, Arrival.OPEN_ENTRANCE))
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
            .putExtra(Arrival.INTERCOM, intercom)

    /** For the system, which may start it and change nothing. */
    fun pending(context: Context): PendingIntent =
        PendingIntent.getActivity(context, 0, intent(context), PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE)
}
