package io.phonein.app

import io.phonein.core.DeviceKeys
import io.phonein.core.softwareKeys

/** The app's own, but for what a JVM has not: Bluetooth's Java half, and Android's keystore. */
class TestPhoneinApplication : PhoneinApplication() {
    override fun startBluetooth() = Unit

    override fun deviceKeys(): DeviceKeys = softwareKeys("$noBackupFilesDir/keys")
}
