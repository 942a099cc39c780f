package io.phonein.app.bluetooth

import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.BLUETOOTH_CONNECT
import android.Manifest.permission.BLUETOOTH_SCAN
import io.phonein.app.bluetooth.BluetoothPermission.Step
import org.junit.Assert.assertEquals
import org.junit.Test

/** What is in the way of Bluetooth, on each Android. */
class BluetoothPermissionTest {
    private val old = BluetoothPermission(30)
    private val new = BluetoothPermission(31)

    private fun BluetoothPermission.denied(
        wasAsked: Boolean,
        canAskAgain: Boolean,
    ) = next(isGranted = false, wasAsked, canAskAgain, isLocationOn = true)

    @Test
    fun `up to Android 11 it is the location, from 12 on Bluetooth's own`() {
        assertEquals(listOf(ACCESS_FINE_LOCATION), BluetoothPermission(26).names)
        assertEquals(listOf(ACCESS_FINE_LOCATION), old.names)
        assertEquals(listOf(BLUETOOTH_SCAN, BLUETOOTH_CONNECT), new.names)
        assertEquals(listOf(true, false), listOf(old.isOfLocation, new.isOfLocation))
    }

    @Test
    fun `it is asked for until the answer is never again`() {
        // Before the first question Android says, too, that it would not explain.
        assertEquals(Step.ASK, new.denied(wasAsked = false, canAskAgain = false))
        assertEquals(Step.ASK, new.denied(wasAsked = true, canAskAgain = true))
        assertEquals(Step.SETTINGS_OF_APP, new.denied(wasAsked = true, canAskAgain = false))
        assertEquals(Step.SETTINGS_OF_APP, old.denied(wasAsked = true, canAskAgain = false))
    }

    @Test
    fun `up to Android 11 the location must be on as well`() {
        val next = { permission: BluetoothPermission, isOn: Boolean -> permission.next(isGranted = true, true, false, isOn) }
        assertEquals(Step.LOCATION_SETTINGS, next(old, false))
        assertEquals(Step.NOTHING, next(old, true))
        assertEquals(Step.NOTHING, next(new, false))
    }
}
