package io.phonein.desktop

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists
import kotlin.io.path.readText

/** The reference intercom in a process of its own on a free port of loopback; its door stays open for five seconds. */
class Intercom(
    vararg more: String,
) : AutoCloseable {
    private val directory = createTempDirectory("phonein-intercom")
    private val ready = directory.resolve("ready.json")
    private val process: Process

    init {
        val program = Path.of(System.getProperty("phonein.target"), "debug", "phonein-intercom")
        val options = listOf("run", "--data", "$directory/data", "--http", "127.0.0.1:0", "--seconds", "5", "--ready-file", "$ready")
        val line = ProcessBuilder(listOf("$program") + options + more)
        line.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
        process = line.start()
        while (!ready.exists()) {
            check(process.isAlive) { "the intercom ended at once" }
            Thread.sleep(10)
        }
    }

    /** What its label says, with its address behind it. */
    val code = "${said("uuid")} http://${said("http")}"

    private fun said(name: String) = checkNotNull(Regex("\"$name\":\"(.*?)\"").find(ready.readText())).groupValues[1]

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)
        directory.deleteRecursively()
    }
}
