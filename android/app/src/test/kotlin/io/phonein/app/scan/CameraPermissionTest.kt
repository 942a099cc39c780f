package io.phonein.app.scan

import android.Manifest.permission.CAMERA
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.os.Looper
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.lifecycle.lifecycleScope
import io.phonein.app.AndroidShell
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** A scan without the permission for the camera, on Android 15. */
@RunWith(RobolectricTestRunner::class)
class CameraPermissionTest {
    private val controller = Robolectric.buildActivity(ComponentActivity::class.java).create()
    private val activity = controller.get()
    private val shell = AndroidShell(activity) { null }
    private var scanned: String? = "not yet"

    init {
        controller.start().resume()
    }

    private fun settle() = shadowOf(Looper.getMainLooper()).idle()

    /** Scans, and says no to Android's question. */
    private fun scan(mayExplain: Boolean) {
        val before = shadowOf(activity).lastRequestedPermission
        scanned = "not yet"
        activity.lifecycleScope.launch { scanned = shell.scan() }
        settle()
        shadowOf(activity.packageManager).setShouldShowRequestPermissionRationale(CAMERA, mayExplain)
        val asked = shadowOf(activity).lastRequestedPermission
        assertNotSame("Android's question", before, asked)
        assertEquals(listOf(CAMERA), asked.requestedPermissions.toList())
        @Suppress("DEPRECATION")
        activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, intArrayOf(PERMISSION_DENIED))
        settle()
        assertNull(scanned)
    }

    @Test
    fun `after a no the next press asks again`() {
        scan(mayExplain = true)
        assertNotEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, shadowOf(activity).nextStartedActivity?.action)
        scan(mayExplain = true)
    }

    @Test
    fun `after a never again a press leads to the settings of the app`() {
        scan(mayExplain = false)
        val shown = checkNotNull(shadowOf(activity).nextStartedActivity)
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, shown.action)
    }
}
