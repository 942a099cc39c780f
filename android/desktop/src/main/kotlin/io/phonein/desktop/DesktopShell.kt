package io.phonein.desktop

import io.phonein.ui.Shell
import io.phonein.ui.SystemPage
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.DataFlavor
import java.awt.datatransfer.StringSelection
import java.io.File

/** What a desktop can do of what a phone can: there is no share sheet and no camera, so links go over the clipboard. */
class DesktopShell(
    private val window: Frame,
) : Shell {
    private val clipboard get() = Toolkit.getDefaultToolkit().systemClipboard

    override val hasScanner = false

    override fun share(text: String) {
        copy(text)
        println(text)
    }

    override fun copy(text: String) = clipboard.setContents(StringSelection(text), null)

    override fun paste(): String? = runCatching { clipboard.getData(DataFlavor.stringFlavor) as String }.getOrNull()

    override suspend fun scan(): String? = null

    override fun open(page: SystemPage) = println("the system's settings: $page")

    override fun keep(
        name: String,
        content: String,
    ) {
        val dialog = FileDialog(window, "", FileDialog.SAVE)
        dialog.file = name
        dialog.isVisible = true
        dialog.file?.let { File(dialog.directory, it).writeText(content) }
    }
}
