package io.phonein.app.bluetooth

import android.app.AlertDialog
import android.content.Context
import android.content.Intent
import android.location.LocationManager
import android.os.Build
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.core.content.edit
import androidx.lifecycle.lifecycleScope
import io.phonein.app.Permissions
import io.phonein.app.R
import io.phonein.app.SystemPages
import io.phonein.app.bluetooth.BluetoothPermission.Step
import io.phonein.app.system
import io.phonein.core.Label
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume

/** Gets the app the permission for Bluetooth, with the reason first and a way back after a *never again*. */
class BluetoothAccess(
    private val activity: ComponentActivity,
    private val permissions: Permissions,
    private val words: (Label) -> String,
) {
    private val permission = BluetoothPermission(Build.VERSION.SDK_INT)
    private val memory by lazy { activity.getSharedPreferences("asked", Context.MODE_PRIVATE) }
    private var wasAsked: Boolean
        get() = memory.getBoolean("bluetooth", false)
        set(value) = memory.edit { putBoolean("bluetooth", value) }

    private var wasExplained: Boolean
        get() = memory.getBoolean("bluetooth-explained", false)
        set(value) = memory.edit { putBoolean("bluetooth-explained", value) }

    private fun next(): Step {
        val isGranted = permissions.areGranted(permission.names)
        return permission.next(isGranted, wasAsked, permissions.canAskAgain(permission.names), isLocationOn())
    }

    /** The person pressed what would help. */
    fun ask() {
        activity.lifecycleScope.launch {
            when (next()) {
                Step.NOTHING -> {}
                Step.ASK -> request().let {}
                Step.SETTINGS_OF_APP -> activity.startActivity(SystemPages.ofApp(activity))
                Step.LOCATION_SETTINGS -> activity.startActivity(Intent(Settings.ACTION_LOCATION_SOURCE_SETTINGS))
            }
        }
    }

    /** By itself, once: after that a tap says what is missing. Whether it was granted now. */
    suspend fun askOnce(): Boolean {
        if (wasExplained || next() != Step.ASK) return false
        wasExplained = true
        return request()
    }

    private suspend fun request(): Boolean {
        if (!explain()) return false
        wasAsked = true
        return permissions.ask(permission.names)
    }

    private suspend fun explain(): Boolean =
        suspendCancellableCoroutine { waiting ->
            val reason = if (permission.isOfLocation) R.string.why_location else R.string.why_bluetooth
            val answer = { isYes: Boolean -> if (waiting.isActive) waiting.resume(isYes) }
            val dialog =
                AlertDialog
                    .Builder(activity)
                    .setMessage(reason)
                    .setPositiveButton(words(Label.ALLOW)) { _, _ -> answer(true) }
                    .setNegativeButton(words(Label.CANCEL)) { _, _ -> answer(false) }
                    .setOnCancelListener { answer(false) }
                    .show()
            waiting.invokeOnCancellation { dialog.dismiss() }
        }

    private fun isLocationOn(): Boolean {
        val locations = activity.system<LocationManager>()
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) return locations.isLocationEnabled
        return locations.getProviders(true).any { it != LocationManager.PASSIVE_PROVIDER }
    }
}
