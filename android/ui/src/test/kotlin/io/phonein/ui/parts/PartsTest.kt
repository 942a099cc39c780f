package io.phonein.ui.parts

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class PartsTest {
    private val asked = mutableListOf<String?>()
    private var fails = false

    /** A hundred rows, ten at a time. */
    private suspend fun read(
        from: Parts<Int>,
        seen: Int,
    ) = from.readOn(seen) { after ->
        asked += after
        val first = after?.toInt() ?: 0
        check(!(fails && first > 0)) { "the disk is full" }
        Part(List(10) { first + it }, if (first == 90) null else "${first + 10}", ahead = 5)
    }

    @Test
    fun `it is read as far as somebody looked, and a little further`() =
        runBlocking {
            var list = read(Parts(), seen = 0)
            assertEquals((0..9).toList(), list.rows)
            assertFalse(list.isShort(3))
            assertTrue(list.isShort(4))
            list = read(list, seen = 22)
            assertEquals((0..29).toList(), list.rows)
            assertEquals(listOf(null, "10", "20"), asked)
            list = read(list, seen = 200)
            assertFalse(list.goesOn)
            assertFalse(list.isShort(200))
        }

    @Test
    fun `of ten thousand rows only what is looked at is read, each part once`() =
        runBlocking {
            var reads = 0
            val ask: suspend (String?) -> Part<Int> = { after ->
                reads++
                val first = after?.toInt() ?: 0
                Part(List(50) { first + it }, if (first == 9_950) null else "${first + 50}", ahead = 25)
            }
            var list = Parts<Int>().readOn(seen = 12, ask)
            assertEquals(1, reads)
            // As a finger goes through all of it.
            for (seen in 12 until 10_000) if (list.isShort(seen)) list = list.readOn(seen, ask)
            assertEquals(200, reads)
            assertEquals((0..9_999).toList(), list.rows)
        }

    @Test
    fun `after a reading that was interrupted no row is there twice`() =
        runBlocking {
            val list = read(Parts(), seen = 22)
            fails = true
            assertTrue(runCatching { read(Parts(), seen = 22) }.isFailure)
            fails = false
            assertEquals((0..39).toList(), read(list, seen = 30).rows)
        }
}
