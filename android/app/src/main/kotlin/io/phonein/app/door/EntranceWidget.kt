package io.phonein.app.door

import android.appwidget.AppWidgetManager
import android.appwidget.AppWidgetProvider
import android.content.Context
import android.widget.RemoteViews
import io.phonein.app.R

/** On the home screen: one button. Glance would bring WorkManager and a data store along for it. */
class EntranceWidget : AppWidgetProvider() {
    override fun onUpdate(
        context: Context,
        manager: AppWidgetManager,
        ids: IntArray,
    ) = manager.updateAppWidget(ids, views(context))

    companion object {
        fun views(context: Context) =
            RemoteViews(context.packageName, R.layout.entrance_widget).apply {
                setOnClickPendingIntent(R.id.entrance, OpenEntrance.pending(context))
            }
    }
}
