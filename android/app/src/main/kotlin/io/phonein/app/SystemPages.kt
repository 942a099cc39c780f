package io.phonein.app

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Settings
import io.phonein.ui.SystemPage

/** Pages of the system's settings. */
object SystemPages {
    fun open(
        context: Context,
        page: SystemPage,
    ) = try {
        context.startActivity(of(context, page))
    } catch (_: ActivityNotFoundException) {
        // Some makers leave pages out.
        context.startActivity(Intent(Settings.ACTION_SETTINGS))
    }

    fun of(
        context: Context,
        page: SystemPage,
    ): Intent =
        when (page) {
            SystemPage.BLUETOOTH -> Intent(Settings.ACTION_BLUETOOTH_SETTINGS)
            SystemPage.PERMISSIONS -> ofApp(context)
            SystemPage.NETWORK -> Intent(network)
        }

    /** A panel over the app, where there is one. */
    private val network =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) Settings.Panel.ACTION_INTERNET_CONNECTIVITY else Settings.ACTION_WIFI_SETTINGS

    /** Where a permission that was refused for good is given back. */
    fun ofApp(context: Context) = Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null))
}
