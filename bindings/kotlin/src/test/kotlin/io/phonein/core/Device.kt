package io.phonein.core

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteIfExists
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists
import kotlin.io.path.readText

/** The reference intercom, as it ships, in a process of its own on a free port of loopback. */
class Device(
    vararg options: String,
) : AutoCloseable {
    private val directory = createTempDirectory("phonein-device")
    private val data = directory.resolve("data").toString()
    private lateinit var process: Process
    private var ready = run("127.0.0.1:0", *options)

    val uuid = said("uuid")
    val url = "http://" + said("http")

    /** What its label says, with its address behind it. */
    val code = "$uuid $url"

    private fun run(
        address: String,
        vararg options: String,
    ): String {
        val file = directory.resolve("ready.json")
        file.deleteIfExists()
        process = start("run", "--http", address, "--seconds", "1", "--ready-file", "$file", *options)
        while (!file.exists()) {
            check(process.isAlive) { "the intercom ended at once" }
            Thread.sleep(10)
        }
        return file.readText()
    }

    private fun said(name: String) = checkNotNull(Regex("\"$name\":\"(.*?)\"").find(ready)).groupValues[1]

    /** `open-pairing` holds its button, `clock TIME` gives it the time. */
    fun ask(
        command: String,
        vararg words: String,
    ) = check(start(command, *words).waitFor() == 0) { command }

    private fun start(
        command: String,
        vararg words: String,
    ): Process {
        val program = Path.of(System.getProperty("phonein.target"), "debug", "phonein-intercom")
        val line = ProcessBuilder("$program", command, "--data", data, *words)
        line.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
        return line.start()
    }

    /** Its power fails. */
    fun end() {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)
    }

    /** Its power is back. */
    fun restart(vararg options: String) {
        end()
        ready = run(url.removePrefix("http://"), *options)
    }

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        end()
        directory.deleteRecursively()
    }
}
