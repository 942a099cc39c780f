package io.phonein.desktop

import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.WindowState
import androidx.compose.ui.window.singleWindowApplication
import io.phonein.core.Phonein
import io.phonein.core.addIntercom
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.runBlocking
import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively

private const val KEYS = 1_000
private const val ROUNDS = 25

/** What a start may take beyond that of an empty window. */
private const val MOST_MS = 150.0

/** The app from its process's first moment until Home is on the screen, beside an empty window: `cargo xtask bench start`. */
@OptIn(ExperimentalPathApi::class)
fun main() {
    val wallet = createTempDirectory("phonein-cold-start")
    Intercom().use { intercom -> phone(wallet).use { runBlocking { it.fill(intercom) } } }
    val (app, empty) = "io.phonein.desktop.MainKt" to "io.phonein.desktop.EmptyWindow"
    // Each once before it counts: files are read from the disk for the first time.
    val times = List(ROUNDS + 1) { start(app, wallet) to start(empty, wallet) }.drop(1)
    wallet.deleteRecursively()
    val ours = times.map { (app, empty) -> app - empty }
    val verdict = if (ours.median() <= MOST_MS) "ok" else "OVER"
    println(
        "| cold start in a window to Home with $KEYS keys, beyond an empty window's | ${words(ours)} ms | $MOST_MS ms (fixed) " +
            "| ${"%.2f".format(ours.median() / MOST_MS)} | ≤ 1 | $verdict |",
    )
    println("· cold start: ${words(times.map { it.first })} ms to Home, ${words(times.map { it.second })} ms to an empty window")
}

private suspend fun Phonein.fill(intercom: Intercom) {
    addIntercom(intercom.code, name = "Home", ownName = "Anna").last()
    val home = home().intercoms.single().intercom.id
    repeat(KEYS) { number ->
        newKey(home).use {
            it.setName("Key $number")
            it.save()
        }
    }
}

/** Milliseconds until the program says its first line. */
private fun start(
    program: String,
    wallet: Path,
): Double {
    val options = listOf("jna.library.path", "phonein.fonts").map { "-D$it=${System.getProperty(it)}" }
    val line = ProcessBuilder(listOf("java") + options + listOf(program, "$wallet"))
    line.redirectError(ProcessBuilder.Redirect.INHERIT)
    val began = System.nanoTime()
    val process = line.start()
    checkNotNull(process.inputReader().readLine()) { "$program ended without a word" }
    val took = System.nanoTime() - began
    process.destroyForcibly().waitFor()
    return took / 1e6
}

private fun words(times: List<Double>): String {
    val sorted = times.sorted()
    return "%.0f [%.0f–%.0f]".format(times.median(), sorted[sorted.size / 4], sorted[sorted.size * 3 / 4])
}

private fun List<Double>.median() = sorted()[size / 2]

/** A window of the app's size with nothing in it. */
object EmptyWindow {
    @JvmStatic
    fun main(words: Array<String>) =
        singleWindowApplication(title = words.joinToString(), state = WindowState(size = DpSize(412.dp, 915.dp))) {
            LaunchedEffect(Unit) {
                withFrameNanos {}
                println("An empty window is on the screen.")
            }
        }
}
