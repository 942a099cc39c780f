package io.phonein.app

import android.app.Application
import android.content.Context
import android.text.format.DateFormat
import io.phonein.app.keys.KeystoreKeys
import io.phonein.core.Bluetooth
import io.phonein.core.Config
import io.phonein.core.DayClock
import io.phonein.core.DeviceKeys
import io.phonein.core.Phonein
import io.phonein.ui.Opening
import java.io.File
import java.time.ZoneId

/** One core for all that runs in this process. */
open class PhoneinApplication : Application() {
    /** The core, once it is open. */
    val opening by lazy { Opening { Phonein.open(config(), deviceKeys()) } }

    override fun onCreate() {
        super.onCreate()
        startBluetooth()
        opening.begin()
    }

    /** In a test there is no Java half of it. */
    protected open fun startBluetooth() = Bluetooth.start()

    /** In a test there is no Android keystore. */
    protected open fun deviceKeys(): DeviceKeys = KeystoreKeys(noBackupFilesDir, resources.getBoolean(R.bool.strongbox))

    private fun config() =
        Config(
            directory = File(noBackupFilesDir, "wallet").path,
            locale = resources.configuration.locales[0].toLanguageTag(),
            dayClock = dayClock,
            zone = ZoneId.systemDefault().id,
            linkHost = getString(R.string.link_host),
        )
}

/** How the person has times of day written. */
val Context.dayClock: DayClock
    get() = if (DateFormat.is24HourFormat(this)) DayClock.TWENTY_FOUR else DayClock.TWELVE
