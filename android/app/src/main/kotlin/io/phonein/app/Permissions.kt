package io.phonein.app

import android.content.pm.PackageManager.PERMISSION_GRANTED
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import kotlinx.coroutines.CompletableDeferred

/** Asks Android for permissions and waits for the answer. To be made before the activity is started. */
class Permissions(
    private val activity: ComponentActivity,
) {
    private var answer: CompletableDeferred<Boolean>? = null
    private val request =
        activity.registerForActivityResult(ActivityResultContracts.RequestMultiplePermissions()) { granted ->
            answer?.complete(granted.isNotEmpty() && granted.values.all { it })
        }

    fun areGranted(names: List<String>) = names.all { activity.checkSelfPermission(it) == PERMISSION_GRANTED }

    /** After an answer of no: whether Android would show its question again. */
    fun canAskAgain(names: List<String>) = names.any(activity::shouldShowRequestPermissionRationale)

    /** Whether all of [names] are granted now. */
    suspend fun ask(names: List<String>): Boolean {
        val asked = CompletableDeferred<Boolean>()
        // What an earlier question waits for is answered by this one.
        answer?.complete(false)
        answer = asked
        request.launch(names.toTypedArray())
        return asked.await()
    }
}
