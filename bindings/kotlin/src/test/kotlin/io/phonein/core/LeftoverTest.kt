package io.phonein.core

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** What is closed is gone: memory, files, threads and handles are as before. */
class LeftoverTest {
    @Test
    fun `ten thousand rounds of opening and closing leave nothing behind`() =
        inWorld {
            val (anna, home) = resident(device())
            leavesNothing(rounds = 10_000) {
                anna.watch(Deaf).close()
                anna.newKey(home).close()
                anna.stayReady(home).close()
            }
        }

    @Test
    fun `a hundred starts of the core leave nothing behind`() =
        inWorld {
            val directory = directory()
            val keys = JcaKeys()
            leavesNothing(rounds = 100) {
                Phonein.open(budapest(directory), keys).use { phone -> phone.home() }
            }
        }

    private object Deaf : ChangeListener {
        override fun onChange(changes: List<Change>) = Unit
    }

    /** In the first half the machine warms up; in the second everything is as before. */
    private suspend fun leavesNothing(
        rounds: Int,
        round: suspend () -> Unit,
    ) {
        repeat(rounds / 2) { round() }
        val (before, memoryBefore) = held() to memory()
        repeat(rounds / 2) { round() }
        // What runs in the background ends in its own time; a minute is more than any of it takes.
        var tries = 0
        while (held().zip(before).any { (now, then) -> now > then } && tries++ < 600) Thread.sleep(100)
        assertTrue(tries < 600, "held before: $before, afterwards: ${held()}")
        val grown = memory() - memoryBefore
        assertTrue(grown < 4_096, "grew by $grown KiB")
    }

    /** How many files, threads of the core's, listeners and calls there are. */
    private fun held(): List<Int> {
        System.gc()
        val threads = Path.of("/proc/self/task").listDirectoryEntries().count { name(it) == "phonein" }
        val files = Path.of("/proc/self/fd").listDirectoryEntries().size
        return listOf(files, threads, FfiConverterTypeChangeListener.handleMap.size, uniffiContinuationHandleMap.size)
    }

    private fun name(thread: Path) =
        try {
            (thread / "comm").readText().trim()
        } catch (_: IOException) {
            "ended meanwhile"
        }

    /** In KiB. The Java heap has a fixed size, so what grows is not Java's. */
    private fun memory(): Long {
        val resident = Path.of("/proc/self/status").readLines().single { it.startsWith("VmRSS:") }
        return resident.filter(Char::isDigit).toLong()
    }
}
