package io.phonein.app.bluetooth

import android.Manifest
import android.os.Build

/** What Android wants before it lets an app look for devices, and what to do about it next. */
class BluetoothPermission(
    private val sdk: Int,
) {
    /** Up to API 30 whoever looks for devices could learn where the phone is: it goes by the location. */
    val names: List<String> =
        if (sdk >= Build.VERSION_CODES.S) {
            listOf(Manifest.permission.BLUETOOTH_SCAN, Manifest.permission.BLUETOOTH_CONNECT)
        } else {
            listOf(Manifest.permission.ACCESS_FINE_LOCATION)
        }

    /** Whether the reason must speak of the location, of which the app wants to know nothing. */
    val isOfLocation = sdk < Build.VERSION_CODES.S

    enum class Step {
        /** Nothing is in the way. */
        NOTHING,

        /** Say why, then let Android ask. */
        ASK,

        /** Refused for good: only the settings of the app give it back. */
        SETTINGS_OF_APP,

        /** Up to API 30 nothing is found while the location is off, allowed or not. */
        LOCATION_SETTINGS,
    }

    /**
     * @param wasAsked whether Android's question was answered before.
     * @param canAskAgain what Android says of that; before the first question it says no as well.
     */
    fun next(
        isGranted: Boolean,
        wasAsked: Boolean,
        canAskAgain: Boolean,
        isLocationOn: Boolean,
    ): Step =
        when {
            isGranted -> if (isOfLocation && !isLocationOn) Step.LOCATION_SETTINGS else Step.NOTHING
            wasAsked && !canAskAgain -> Step.SETTINGS_OF_APP
            else -> Step.ASK
        }
}
