package io.phonein.core

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Path
import java.util.concurrent.ConcurrentSkipListSet
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.io.path.createFile
import kotlin.io.path.div
import kotlin.io.path.readText

/** The keystore that the shell lends may do what it likes: the app is told, and goes on. */
class KeystoreTest {
    private suspend fun saved(
        world: World,
        sign: (ByteArray) -> ByteArray,
    ): Result<String> {
        val keys =
            object : JcaKeys() {
                @Volatile var isBad = false

                override fun sign(
                    alias: String,
                    text: ByteArray,
                ): ByteArray = if (isBad) sign(text) else super.sign(alias, text)
            }
        val (anna, home) = with(world) { resident(device(), keys = keys) }
        anna.sync()
        return anna.newKey(home).use { wizard ->
            wizard.setName("Friends")
            keys.isBad = true
            val result = runCatching { wizard.save() }
            keys.isBad = false
            assertTrue(wizard.save().isNotEmpty(), "it goes on")
            result
        }
    }

    private fun reason(result: Result<String>): String {
        val wallet = assertInstanceOf(SaveException.Wallet::class.java, result.exceptionOrNull())
        return assertInstanceOf(WalletException.Internal::class.java, wallet.error).reason
    }

    @Test
    fun `one that throws is an error with words`() =
        inWorld {
            assertTrue("out of order" in reason(saved(this) { error("out of order") }))
            assertEquals("the phone has no such key", reason(saved(this) { throw DeviceKeysException.Missing() }))
            assertTrue("broken" in reason(saved(this) { throw DeviceKeysException.Failed("broken") }))
        }

    @Test
    fun `one that returns rubbish is an error with words`() =
        inWorld {
            for (rubbish in listOf(ByteArray(0), ByteArray(64), ByteArray(9_999) { -1 })) {
                assertEquals("the phone's keystore returned garbage", reason(saved(this) { rubbish }))
            }
        }

    @Test
    fun `one that hangs is given up, and holds up nobody else`() =
        inWorld {
            val late = CountDownLatch(1)
            val hung =
                saved(this) {
                    late.await()
                    it
                }
            assertEquals("the phone's keystore does not answer", reason(hung))
            late.countDown()
        }

    @Test
    fun `no call does its work on the thread that called`() =
        inWorld {
            val callers = ConcurrentSkipListSet<String>()
            val signing = CompletableDeferred<Unit>()
            val goOn = CountDownLatch(1)
            val keys =
                object : JcaKeys() {
                    @Volatile var isSlow = false

                    override fun sign(
                        alias: String,
                        text: ByteArray,
                    ): ByteArray {
                        callers += nativeThread()
                        if (isSlow) {
                            signing.complete(Unit)
                            goOn.await()
                        }
                        return super.sign(alias, text)
                    }
                }
            val (anna, home) = resident(device(), keys = keys)
            anna.sync()
            val main = Executors.newSingleThreadExecutor { Thread(it, "main-of-test") }.asCoroutineDispatcher().closed()
            withContext(main) {
                anna.newKey(home).use { wizard ->
                    wizard.setName("Friends")
                    keys.isSlow = true
                    val saving = async { wizard.save() }
                    signing.await()
                    // The core signs, and this thread is free: else nobody would ever say so.
                    goOn.countDown()
                    saving.await()
                    assertEquals("main-of-test", nativeThread())
                }
            }
            assertEquals(setOf("phonein"), callers.toSet())
        }

    @Test
    fun `keys in files for desktops`() =
        inWorld {
            val keys: DeviceKeys = softwareKeys((directory() / "keys").toString())
            val public = keys.create("intercom-1")
            assertArrayEquals(public, keys.create("intercom-1"))
            assertEquals(33 to 64, public.size to keys.sign("intercom-1", byteArrayOf(1)).size)
            assertArrayEquals(keys.wrappingKey(), keys.wrappingKey())
            keys.forget("intercom-1")
            assertThrows(DeviceKeysException.Missing::class.java) { keys.sign("intercom-1", byteArrayOf(1)) }
            assertThrows(DeviceKeysException.Failed::class.java) { keys.create("NOT AN ALIAS") }
            val file = (directory() / "file").createFile()
            assertThrows(DeviceKeysException::class.java) { softwareKeys(file.toString()) }

            val (anna, home) = resident(device(), keys = softwareKeys((directory() / "keys").toString()))
            assertInstanceOf(TapState.Opened::class.java, anna.press(home).state)
        }

    /** As the system calls the thread that asks. */
    private fun nativeThread() = Path.of("/proc/thread-self/comm").readText().trim()
}
