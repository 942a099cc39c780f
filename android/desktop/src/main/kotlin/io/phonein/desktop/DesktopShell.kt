package io.phonein.desktop

import io.phonein.core.Label
import io.phonein.ui.Handed
import io.phonein.ui.OnScreen
import io.phonein.ui.Opened
import io.phonein.ui.Opening
import io.phonein.ui.Shell
import io.phonein.ui.SystemPage
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.DataFlavor
import java.awt.datatransfer.StringSelection
import java.io.File
import java.util.concurrent.atomic.AtomicBoolean
import javax.swing.JOptionPane

/** What a desktop can do of what a phone can: there is no share sheet and no camera, so links go over the clipboard. */
class DesktopShell(
    private val window: Frame,
    private val opening: Opening,
) : Shell {
    private val isDrawn = AtomicBoolean()

    private val clipboard get() = Toolkit.getDefaultToolkit().systemClipboard

    override val hasScanner = false

    override fun share(text: String) = copy(text)

    override fun copy(text: String): Handed {
        clipboard.setContents(StringSelection(text), null)
        return Handed.COPIED
    }

    override fun paste(): String? = runCatching { clipboard.getData(DataFlavor.stringFlavor) as String }.getOrNull()

    override suspend fun scan(): String? = null

    /** A desktop knows nobody's face: it asks, so that no door opens by a slip. */
    override suspend fun isPresent(place: String): Boolean =
        withContext(Dispatchers.Main) {
            val label = opening.state.filterIsInstance<Opened.Ready>().first().phonein::label
            val answers = arrayOf(label(Label.OPEN_DOOR), label(Label.CANCEL))
            val question = label(Label.ASK_WITHOUT_LOCK)
            val kind = JOptionPane.QUESTION_MESSAGE
            JOptionPane.showOptionDialog(window, question, place, JOptionPane.OK_CANCEL_OPTION, kind, null, answers, answers[0]) == 0
        }

    /** Screenshots are the desktop's business. */
    override var hidesLinks: Boolean? = null

    override var usesSystemColors: Boolean? = null

    /** A window has no brightness of its own. */
    override fun onScreen(what: OnScreen) = Unit

    /** For whoever started it from a terminal, and waits. */
    override fun fullyDrawn() {
        if (!isDrawn.getAndSet(true)) println("Phonein is on the screen.")
    }

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
