package io.phonein.app

import io.phonein.app.Presence.Way
import org.junit.Assert.assertEquals
import org.junit.Test

/** By what a person shows that it is them. */
class PresenceTest {
    @Test
    fun `the prompt where it takes the screen lock too, else the lock, else a question`() {
        val ways = listOf(26, 28, 29, 35).map { Presence.wayOf(it, hasLock = true) }
        assertEquals(listOf(Way.SCREEN_LOCK, Way.SCREEN_LOCK, Way.PROMPT, Way.PROMPT), ways)
        assertEquals(setOf(Way.QUESTION), (26..35).map { Presence.wayOf(it, hasLock = false) }.toSet())
    }
}
