package io.phonein.app.bluetooth

import android.Manifest.permission.BLUETOOTH_CONNECT
import android.Manifest.permission.BLUETOOTH_SCAN
import android.app.AlertDialog
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Looper
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.lifecycle.lifecycleScope
import io.phonein.app.Permissions
import io.phonein.app.R
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowActivity
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

    private var refused: ShadowActivity.PermissionsRequest? = null

    private fun settle() = shadowOf(Looper.getMainLooper()).idle()

    /** To the question that is asked now, not to one that was answered. */
    private fun answer(button: Int) {
        val why = ShadowAlertDialog.getLatestDialog() as AlertDialog
        assertTrue("a question", why.isShowing)
        assertEquals(activity.getString(R.string.why_bluetooth), shadowOf(why).message)
        why.getButton(button).performClick()
        settle()
    }

    private fun refuse() {
        val asked = shadowOf(activity).lastRequestedPermission
        assertNotSame("Android's question", refused, asked)
        refused = asked
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
    fun `after a never again what would help is the app's own page of the settings`() {
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        mayExplain(false)
        refuse()
        val before = ShadowAlertDialog.getLatestDialog()
        access.ask()
        settle()
        assertSame("nothing is asked any more", before, ShadowAlertDialog.getLatestDialog())
        val shown = checkNotNull(shadowOf(activity).nextStartedActivity)
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS to "package:${activity.packageName}", shown.action to "${shown.data}")
    }

    @Test
    fun `after a no it is asked once more`() {
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        mayExplain(true)
        refuse()
        access.ask()
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        refuse()
        assertNotEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, shadowOf(activity).nextStartedActivity?.action)
    }

    @Test
    fun `by itself it asks once, and says whether that helped`() {
        val granted = mutableListOf<Boolean>()
        activity.lifecycleScope.launch { repeat(2) { granted += access.askOnce() } }
        settle()
        answer(AlertDialog.BUTTON_POSITIVE)
        val asked = shadowOf(activity).lastRequestedPermission
        @Suppress("DEPRECATION")
        activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, IntArray(2) { PERMISSION_GRANTED })
        settle()
        assertEquals(listOf(true, false), granted)
    }

    private fun mayExplain(may: Boolean) {
        for (name in listOf(BLUETOOTH_SCAN, BLUETOOTH_CONNECT)) {
            shadowOf(activity.packageManager).setShouldShowRequestPermissionRationale(name, may)
        }
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
