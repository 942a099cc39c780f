package io.phonein.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** What any object of the binding does, whatever it is for. */
class BindingTest {
    @Test
    fun `names come back as they were given`() =
        inWorld {
            val (anna, home) = resident(device())
            for (name in listOf("👩🏽‍🚒 Zsófi", "مفتاح أحمد", "שָׁלוֹם", "x\u0323\u030c", "🇭🇺")) {
                val key = anna.make(home, name)
                assertEquals(name, anna.key(key).row.name)
                assertEquals(name, phone().previewLink(anna.share(key).link).name)
            }
        }

    @Test
    fun `a panic in Rust is an exception`() {
        // Nobody has so much memory: the core's allocator panics.
        assertThrows(InternalException::class.java) { RustBuffer.alloc(ULong.MAX_VALUE) }
    }

    @Test
    fun `every label has words`() =
        inWorld {
            val phone = phone()
            val without = Label.entries.filter { phone.label(it).run { isBlank() || startsWith("label-") } }
            assertEquals(emptyList<Label>(), without)
        }

    @Test
    fun `what a page offers is the core's`() =
        inWorld {
            val phone = phone()
            assertEquals(DayClock.TWENTY_FOUR, phone.dayClock())
            assertEquals(listOf(UsesChoice(Uses.NoLimit, "No limit"), UsesChoice(Uses.Times(1), "1")), phone.usesChoices().take(2))
        }

    @Test
    fun `what is closed says so`() =
        inWorld {
            val phone = phone()
            phone.close()
            assertThrows(IllegalStateException::class.java) { phone.checkCode("") }
            assertEquals(Home(emptyList(), null, emptyList()), phone().home())
        }
}
