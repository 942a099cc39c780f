package io.phonein.core

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger

/** Listeners are called one call after the other, in order, and never after `close`. */
class ListenerTest {
    @Test
    fun `a screen that watches is right from the start and hears of changes`() =
        inWorld {
            val (anna, home) = resident(device())
            val seen = scope.async { anna.watch().filter { Change.KEYS in it }.map { anna.keys().keys.size }.first { it == 2 } }
            anna.make(home, "Friends")
            anna.make(home, "Post")
            assertEquals(2, seen.await())
            assertEquals(Change.entries.toSet(), anna.watch().first())
        }

    @Test
    fun `a collector that takes its time misses nothing`() =
        inWorld {
            val (anna, home) = resident(device())
            var heard = 0
            anna.watch().filter { Change.KEYS in it }.first {
                // More than anybody remembers, while this collector does not collect.
                if (heard++ == 0) repeat(100) { number -> anna.newKey(home).use { page -> page.setName("Key $number"); page.save() } }
                heard == 2
            }
            assertEquals(50, anna.keys().keys.size, "a page of them")
        }

    @Test
    fun `calls come one after the other, and nothing after close is told`() =
        inWorld {
            val (anna, home) = resident(device())
            val key = anna.make(home, "Friends")
            anna.sync()
            repeat(200) {
                val inside = AtomicInteger()
                val wrong = ConcurrentLinkedQueue<String>()
                val listener =
                    object : ChangeListener {
                        override fun onChange(changes: List<Change>) {
                            if (inside.incrementAndGet() != 1) wrong += "two at once"
                            if (Change.INTERCOMS in changes) wrong += "after close"
                            Thread.yield()
                            inside.decrementAndGet()
                        }
                    }
                val subscription: ChangeSubscription = anna.watch(listener)
                anna.markShared(key)
                anna.markShared(key)
                subscription.close()
                // Everything changes.
                anna.setLocale(DayClock.TWENTY_FOUR)
                // The core lets go of a listener that it will not call again.
                withContext(Dispatchers.IO) { while (FfiConverterTypeChangeListener.handleMap.size > 0) delay(1) }
                assertEquals(emptyList<String>(), wrong.toList())
            }
        }

    @Test
    fun `a listener that throws is not the end`() =
        inWorld {
            val (anna, _) = resident(device())
            val calls = AtomicInteger()
            val listener =
                object : ChangeListener {
                    override fun onChange(changes: List<Change>) {
                        when (calls.incrementAndGet()) {
                            1 -> throw ListenerException.Failed("on purpose")
                            2 -> error("by mistake")
                        }
                    }
                }
            anna.watch(listener).use { subscription ->
                withContext(Dispatchers.IO) {
                    for (call in 1..3) {
                        anna.setLocale(DayClock.TWELVE)
                        while (calls.get() < call) delay(1)
                    }
                }
                subscription.cancel()
            }
        }

    @Test
    fun `a hundred presses at once are one tap`() =
        inWorld {
            val (anna, home) = resident(device())
            val taps = coroutineScope { List(100) { async { anna.unlock(home).toList() } }.awaitAll() }
            for (told in taps) {
                assertEquals(0, assertInstanceOf(TapState.Opened::class.java, told.last().state).seconds)
            }
            anna.sync()
            val page: ActivityPage = anna.activity(ActivityFilter(home, ActivityShow.OPENED))
            assertEquals(1, page.entries.size)
        }
}
