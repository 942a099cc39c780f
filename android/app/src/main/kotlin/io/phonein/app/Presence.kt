package io.phonein.app

import android.app.AlertDialog
import android.app.KeyguardManager
import android.hardware.biometrics.BiometricManager.Authenticators
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import androidx.annotation.RequiresApi
import io.phonein.core.Label
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume

/** Whether it is the phone's person: a question for the app's sake, the keys themselves know nothing of it. */
class Presence(
    private val activity: ComponentActivity,
    private val words: (Label) -> String,
) {
    /** By what the person shows that it is them. */
    enum class Way {
        /** Face or fingerprint, or the screen lock instead. */
        PROMPT,

        /** The screen lock, on a page of the system's. */
        SCREEN_LOCK,

        /** The phone has no lock: a question, so that no door opens by a slip. */
        QUESTION,
    }

    private var answer: CompletableDeferred<Boolean>? = null
    private val lock =
        activity.registerForActivityResult(ActivityResultContracts.StartActivityForResult()) {
            answer?.complete(it.resultCode == android.app.Activity.RESULT_OK)
        }

    suspend fun isConfirmed(place: String): Boolean {
        val keyguard = activity.system<KeyguardManager>()
        return when (wayOf(Build.VERSION.SDK_INT, keyguard.isDeviceSecure)) {
            Way.PROMPT -> Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && prompt(place)
            Way.SCREEN_LOCK -> screenLock(keyguard, place)
            Way.QUESTION -> question(place)
        }
    }

    @RequiresApi(Build.VERSION_CODES.Q)
    private suspend fun prompt(place: String): Boolean =
        suspendCancellableCoroutine { waiting ->
            val builder = BiometricPrompt.Builder(activity).setTitle(words(Label.OPEN_DOOR)).setSubtitle(place)
            // One touch: the tap itself said yes.
            builder.setConfirmationRequired(false)
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
                builder.setAllowedAuthenticators(Authenticators.BIOMETRIC_WEAK or Authenticators.DEVICE_CREDENTIAL)
            } else {
                @Suppress("DEPRECATION")
                builder.setDeviceCredentialAllowed(true)
            }
            val cancelling = CancellationSignal()
            val callback =
                object : BiometricPrompt.AuthenticationCallback() {
                    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) {
                        if (waiting.isActive) waiting.resume(true)
                    }

                    override fun onAuthenticationError(
                        code: Int,
                        words: CharSequence?,
                    ) {
                        if (waiting.isActive) waiting.resume(false)
                    }
                }
            waiting.invokeOnCancellation { cancelling.cancel() }
            builder.build().authenticate(cancelling, activity.mainExecutor, callback)
        }

    private suspend fun screenLock(
        keyguard: KeyguardManager,
        place: String,
    ): Boolean {
        @Suppress("DEPRECATION")
        val page = keyguard.createConfirmDeviceCredentialIntent(words(Label.OPEN_DOOR), place) ?: return false
        val asked = CompletableDeferred<Boolean>()
        answer?.complete(false)
        answer = asked
        lock.launch(page)
        return asked.await()
    }

    private suspend fun question(place: String): Boolean =
        suspendCancellableCoroutine { waiting ->
            val answer = { isYes: Boolean -> if (waiting.isActive) waiting.resume(isYes) }
            val dialog =
                AlertDialog
                    .Builder(activity)
                    .setTitle(place)
                    .setMessage(words(Label.ASK_WITHOUT_LOCK))
                    .setPositiveButton(words(Label.OPEN_DOOR)) { _, _ -> answer(true) }
                    .setNegativeButton(words(Label.CANCEL)) { _, _ -> answer(false) }
                    .setOnCancelListener { answer(false) }
                    .show()
            waiting.invokeOnCancellation { dialog.dismiss() }
        }

    companion object {
        /** The prompt takes the screen lock instead of a finger from API 29 on: what came before it took nothing else. */
        fun wayOf(
            sdk: Int,
            hasLock: Boolean,
        ) = when {
            !hasLock -> Way.QUESTION
            sdk >= Build.VERSION_CODES.Q -> Way.PROMPT
            else -> Way.SCREEN_LOCK
        }
    }
}
