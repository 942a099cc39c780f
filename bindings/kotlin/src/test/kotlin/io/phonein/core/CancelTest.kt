package io.phonein.core

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch

/**
 * Cancelling a coroutine ends what only asks: what it held is dropped in Rust, which shows at the other end. What changes
 * something goes on.
 */
class CancelTest {
    /** A manager whose requests can be lost. */
    private suspend fun World.behindWire(): Pair<Wire, Resident> {
        val wire = Wire().closed()
        val device = device("--url", wire.url).also { wire.to = it.url }
        val phone = phone()
        val home = phone.pair("${device.uuid} ${wire.url}", "Anna")
        phone.sync()
        return wire to Resident(phone, home)
    }

    @Test
    fun `a call that is cancelled hangs up`() =
        inWorld {
            val (wire, anna) = behindWire()
            wire.holds = true
            val asking = scope.launch { anna.phone.sync() }
            wire.lost.receive()
            asking.cancel()
            wire.givenUp.receive()
        }

    @Test
    fun `a tap whose collection is cancelled sends nothing more`() =
        inWorld {
            val (wire, anna) = behindWire()
            wire.holds = true
            val pressing = scope.launch { anna.phone.unlock(anna.home).collect {} }
            wire.lost.receive()
            pressing.cancel()
            wire.givenUp.receive()
            // The end is told to whoever asks Home.
            val card = anna.phone.watch().first { Change.HOME in it }.let { anna.phone.home() }
            assertTrue(card.intercoms.single().doors.single().tap.title.isNotEmpty())
        }

    @Test
    fun `an attempt to pair whose collection is cancelled hangs up`() =
        inWorld {
            val wire = Wire().closed()
            val device = device().also { wire.to = it.url }
            wire.holds = true
            val phone = phone()
            val pairing = scope.launch { phone.addIntercom(device.uuid, wire.url, "Home", "Anna").collect {} }
            wire.lost.receive()
            pairing.cancel()
            wire.givenUp.receive()
            wire.holds = false
            val end = phone.addIntercom(device.uuid, wire.url, "Home", "Anna").last()
            assertInstanceOf(PairingProgress.Added::class.java, end, "the same device can be added after all")
        }

    @Test
    fun `a key that is being saved is made although nobody waits any more`() =
        inWorld {
            val signing = CompletableDeferred<Unit>()
            val late = CountDownLatch(1)
            val keys =
                object : JcaKeys() {
                    @Volatile var isSlow = false

                    override fun sign(
                        alias: String,
                        text: ByteArray,
                    ): ByteArray {
                        if (isSlow) {
                            signing.complete(Unit)
                            late.await()
                        }
                        return super.sign(alias, text)
                    }
                }
            val (anna, home) = resident(device(), keys = keys)
            anna.sync()
            anna.newKey(home).use { wizard ->
                wizard.setName("Friends")
                keys.isSlow = true
                val saving = scope.launch { wizard.save() }
                signing.await()
                saving.cancel()
                saving.join()
                late.countDown()
                val names = anna.watch().map { anna.keys().keys.map(KeyRow::name) }.first { it.isNotEmpty() }
                assertEquals(listOf("Friends"), names)
            }
            assertNull(anna.draft(), "the draft is gone with it")
        }

    @Test
    fun `handles can also be ended by hand`() =
        inWorld {
            val (wire, anna) = behindWire()
            wire.holds = true
            val taps = ArrayDeque<Tap>()
            val over = CompletableDeferred<Unit>()
            val listener =
                object : UnlockListener {
                    override fun onTap(
                        tap: Tap,
                        isFinal: Boolean,
                    ) {
                        taps += tap
                        if (isFinal) over.complete(Unit)
                    }
                }
            anna.phone.unlock(anna.home, null, Door.ENTRANCE, listener).use { unlock: Unlock ->
                wire.lost.receive()
                unlock.cancel()
                over.await()
            }
            assertEquals(TapState.NoAnswer, taps.last().state)

            val ended = CompletableDeferred<PairingProgress>()
            val hearing =
                object : PairingListener {
                    override fun onPairing(progress: PairingProgress) {
                        if (progress.isFinal()) ended.complete(progress)
                    }
                }
            val phone = phone()
            phone.addIntercom("3f0c9a4e-71d2-4b6a-9c55-0123456789ab", wire.url, "Home", "Béla", hearing).use { pairing: Pairing ->
                wire.lost.receive()
                pairing.cancel()
                assertInstanceOf(PairingProgress.Cancelled::class.java, ended.await())
            }
            anna.phone.stayReady(anna.home).use { ready: StayReady ->
                wire.lost.receive()
                ready.cancel()
                wire.givenUp.receive()
            }
        }
}
