package io.phonein.app

import android.Manifest
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Build
import androidx.activity.ComponentActivity
import androidx.compose.runtime.mutableStateOf
import io.phonein.app.bluetooth.BluetoothAccess
import io.phonein.app.scan.scanCode
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.Handed
import io.phonein.ui.OnScreen
import io.phonein.ui.Shell
import io.phonein.ui.SystemPage

/** What the screens want of Android. It lives as long as the activity. */
class AndroidShell(
    private val activity: ComponentActivity,
    private val core: () -> Phonein?,
) : Shell {
    private val permissions = Permissions(activity)
    private val bluetooth = BluetoothAccess(activity, permissions, ::words)
    private val presence = Presence(activity, ::words)
    private val clipboard get() = activity.system<ClipboardManager>()

    private fun words(label: Label) = core()?.label(label).orEmpty()

    override fun share(text: String): Handed {
        activity.startActivity(Sharing.chooser(text))
        return Handed.TOLD
    }

    /** From Android 13 on the system shows what was copied. */
    override fun copy(text: String): Handed {
        clipboard.setPrimaryClip(Sharing.clip(text))
        return if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) Handed.TOLD else Handed.COPIED
    }

    override fun paste(): String? {
        val clip: ClipData = clipboard.primaryClip ?: return null
        return if (clip.itemCount == 0) null else clip.getItemAt(0).coerceToText(activity)?.toString()
    }

    override val hasScanner get() = activity.packageManager.hasSystemFeature(PackageManager.FEATURE_CAMERA_ANY)

    override suspend fun scan(): String? {
        val camera = listOf(Manifest.permission.CAMERA)
        if (!permissions.areGranted(camera) && !permissions.ask(camera)) {
            if (!permissions.canAskAgain(camera)) activity.startActivity(SystemPages.ofApp(activity))
            return null
        }
        return scanCode(activity, words(Label.SCAN_CODE), words(Label.CLOSE))
    }

    override suspend fun isPresent(place: String) = presence.isConfirmed(place)

    override var hidesLinks: Boolean?
        get() = Places(activity).hidesLinks
        set(value) {
            Places(activity).hidesLinks = value == true
            Secrecy(activity).show(onScreen)
        }

    /** From Android 12 on the wallpaper lends its colours. */
    override var usesSystemColors: Boolean?
        get() = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) colored.value else null
        set(value) {
            colored.value = value == true
            Places(activity).usesSystemColors = colored.value
        }

    /** Read while it is drawn. */
    private val colored by lazy { mutableStateOf(Places(activity).usesSystemColors) }

    private var onScreen = OnScreen.NOTHING_SECRET

    override fun onScreen(what: OnScreen) {
        onScreen = what
        Secrecy(activity).show(what)
    }

    override fun open(page: SystemPage) =
        when (page) {
            SystemPage.PERMISSIONS -> bluetooth.ask()
            SystemPage.BLUETOOTH, SystemPage.NETWORK -> SystemPages.open(activity, page)
        }

    /** Asks by itself at the first time only; whether it was granted just now. */
    suspend fun askForBluetoothOnce() = bluetooth.askOnce()

    override fun keep(
        name: String,
        content: String,
    ) {
        val sharing = Sharing.file(activity, name, content)
        activity.startActivity(Intent.createChooser(sharing, null))
    }
}
