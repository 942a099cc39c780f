package io.phonein.app.bluetooth

import android.Manifest.permission.BLUETOOTH_CONNECT
import android.Manifest.permission.BLUETOOTH_SCAN
import android.app.AlertDialog
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.os.Looper
import androidx.activity.ComponentActivity
import io.phonein.app.Permissions
import io.phonein.app.R
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog

/** How the person is asked on Android 15. */
@RunWith(RobolectricTestRunner::class)
class BluetoothAccessTest {
    private val controller = Robolectric.buildActivity(ComponentActivity::class.java).create()
    private val activity = controller.get()
    private val access = BluetoothAccess(activity, Permissions(activity)) { it.name }

    init {
        controller.start().resume()
    }

    private fun settle() = shadowOf(Looper.getMainLooper()).idle()

    private fun answer(button: Int) {
        val why = ShadowAlertDialog.getLatestDialog() as AlertDialog
        assertEquals(activity.getString(R.string.why_bluetooth), shadowOf(why).message)
        why.getButton(button).performClick()
        settle()
    }

    private fun refuse() {
        val asked = shadowOf(activity).lastRequestedPermission
        assertEquals(listOf(BLUETOOTH_SCAN, BLUETOOTH_CONNECT), asked.requestedPermissions.toList())
        @Suppress("DEPRECATION")
        activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, IntArray(2) { PERMISSION_DENIED })
        settle()
    }

    @Test
    fun `the reason comes first, then Android's question`() {
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        refuse()
    }

    @Test
    fun `who does not want to be asked is not asked by Android, and may still press what would help`() {
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_NEGATIVE)
        assertNull(shadowOf(activity).lastRequestedPermission)
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        refuse()
    }
}
