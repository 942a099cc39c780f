package io.phonein.app.scan

import android.app.Dialog
import android.os.Handler
import android.os.Looper
import android.view.SurfaceHolder
import android.view.SurfaceView
import android.view.View
import android.widget.ImageButton
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import io.phonein.app.R
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume

/** Shows what the camera sees until there is a code in it: what it says, or `null` if the person went back. */
suspend fun scanCode(
    activity: ComponentActivity,
    title: String,
    close: String,
): String? =
    suspendCancellableCoroutine { waiting ->
        val main = Handler(Looper.getMainLooper())
        val page = Dialog(activity, R.style.Scan)
        page.setContentView(R.layout.scan)
        page.view<TextView>(R.id.title).text = title
        page.view<ImageButton>(R.id.close).run {
            contentDescription = close
            setOnClickListener { page.cancel() }
        }
        var said: String? = null
        val onCode = { code: String ->
            main.post {
                said = code
                page.dismiss()
            }
            Unit
        }
        val view = page.view<SurfaceView>(R.id.preview)
        view.holder.setFixedSize(Camera.WIDTH, Camera.HEIGHT)
        view.holder.addCallback(Preview(activity, onCode) { main.post(page::cancel) })
        // Whoever leaves the app leaves the camera to others.
        val leaving =
            object : DefaultLifecycleObserver {
                override fun onStop(owner: LifecycleOwner) = page.cancel()
            }
        activity.lifecycle.addObserver(leaving)
        page.setOnDismissListener {
            activity.lifecycle.removeObserver(leaving)
            if (waiting.isActive) waiting.resume(said)
        }
        waiting.invokeOnCancellation { main.post(page::dismiss) }
        page.show()
    }

private fun <T : View> Dialog.view(id: Int): T = checkNotNull(findViewById(id))

/** The camera runs while there is something to draw on. */
private class Preview(
    private val activity: ComponentActivity,
    private val onCode: (String) -> Unit,
    private val onGone: () -> Unit,
) : SurfaceHolder.Callback {
    private var camera: Camera? = null

    override fun surfaceCreated(holder: SurfaceHolder) = Unit

    override fun surfaceChanged(
        holder: SurfaceHolder,
        format: Int,
        width: Int,
        height: Int,
    ) {
        camera = camera ?: Camera(activity, onCode, onGone).also { it.start(holder.surface) }
    }

    override fun surfaceDestroyed(holder: SurfaceHolder) {
        camera?.close()
        camera = null
    }
}
