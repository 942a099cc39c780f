package io.phonein.app

import android.content.ClipData
import android.content.ClipDescription
import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.PersistableBundle
import androidx.core.content.FileProvider
import java.io.File

/** What leaves the app by the system's share sheet or the clipboard. */
object Sharing {
    private const val FOLDER = "shared"

    fun chooser(text: String): Intent {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        return Intent.createChooser(send, null)
    }

    /** Marked as a secret: what is pasted from shows no preview of it. */
    fun clip(text: String): ClipData =
        ClipData.newPlainText(null, text).apply {
            val secret = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) ClipDescription.EXTRA_IS_SENSITIVE else SENSITIVE
            description.extras = PersistableBundle().apply { putBoolean(secret, true) }
        }

    /** The same before Android 13. */
    private const val SENSITIVE = "android.content.extra.IS_SENSITIVE"

    /** An export as a file that the chosen app may read; the one before it is deleted. */
    fun file(
        context: Context,
        name: String,
        content: String,
    ): Intent {
        val folder = File(context.cacheDir, FOLDER)
        folder.deleteRecursively()
        folder.mkdirs()
        val file = File(folder, File(name).name)
        file.writeText(content)
        val uri = FileProvider.getUriForFile(context, "${context.packageName}.shared", file)
        return Intent(Intent.ACTION_SEND)
            .setType(typeOf(name))
            .putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
            .apply { clipData = ClipData.newRawUri(null, uri) }
    }

    private fun typeOf(name: String) =
        when (name.substringAfterLast('.')) {
            "csv" -> "text/csv"
            "json" -> "application/json"
            else -> "text/plain"
        }
}
