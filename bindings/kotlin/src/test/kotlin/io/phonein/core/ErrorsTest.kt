package io.phonein.core

import kotlinx.coroutines.flow.last
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import kotlin.io.path.createFile
import kotlin.io.path.div
import kotlin.io.path.exists

/** Every case of every error arrives as its own type, with its words. */
class ErrorsTest {
    @Test
    fun `the wallet says why`() =
        inWorld {
            val gone = thrown<WalletException.Gone> { phone().key("17") }
            assertEquals(GONE, gone.told.sentence)

            val file = (directory() / "file").createFile()
            thrown<WalletException.ReadOnly> { phone(directory = file) }.also { assertSays(it.told) }

            val directory = directory()
            phone(directory = directory).close()
            // SQLite's journal goes with the last connection.
            while ((directory / "wallet.db-wal").exists()) Thread.sleep(1)
            RandomAccessFile((directory / "wallet.db").toFile(), "rw").use {
                // Where SQLite's format has the number of the schema.
                it.seek(60)
                it.writeInt(99)
            }
            thrown<WalletException.TooNew> { phone(directory = directory) }.also { assertSays(it.told) }

            val fault = thrown<WalletException.Internal> { phone(keys = Locking(isLocked = true)) }
            assertEquals("the phone's keys are locked", fault.reason)
            assertSays((fault as WalletException).told)
        }

    @Test
    fun `a full disk arrives as it is`() {
        // No disk is full here: what the core would send is sent by hand.
        val sent = WalletException.Full(Told("The phone is full", "Make room", "The phone is full. Make room."))
        val bytes = ByteBuffer.allocate(FfiConverterTypeWalletError.allocationSize(sent).toInt())
        FfiConverterTypeWalletError.write(sent, bytes)
        val arrived = FfiConverterTypeWalletError.read(bytes.flip())
        assertEquals(sent.told, assertInstanceOf(WalletException.Full::class.java, arrived).told)
    }

    @Test
    fun `an intercom is not added`() =
        inWorld {
            val phone = phone()
            val wrong = thrown<AddException.Field> { phone.addIntercom("3f0c", name = "Home", ownName = "Anna").last() }
            assertEquals(AddField.CODE to "28 more characters", wrong.field to wrong.told.title)
            val gone = thrown<AddException.Wallet> { phone.renameIntercom("17", "Home") }
            assertEquals(GONE, (gone as AddException).told.sentence)
            val reading: CodeReading = phone.checkCode("3f0c")
            assertEquals("3f0c" to false, reading.shown to reading.isWrong)
            assertTrue(phone.checkCode("zz").isWrong)
            val scanned = phone.checkCode("3f0c9a4e71d24b6a9c550123456789ab 192.168.1.40", scanned = true)
            assertEquals("3f0c9a4e-71d2-4b6a-9c55-0123456789ab" to "192.168.1.40", scanned.shown to scanned.address)
        }

    @Test
    fun `an intercom does not do what is asked`() =
        inWorld {
            val device = device("--inner-door")
            val (anna, home) = resident(device)
            anna.sync()
            val zone = thrown<IntercomException.Field> { anna.changeSettings(home, SettingsChange.Zone("Mars/Tharsis")) }
            assertEquals(AddField.ZONE, zone.field)
            assertTrue((zone as IntercomException).told.title.isNotEmpty())
            val gone = thrown<IntercomException.Wallet> { anna.changeSettings("17", SettingsChange.InnerDoor(false)) }
            assertEquals(GONE, (gone as IntercomException).told.sentence)

            device.ask("open-pairing")
            val (bela, there) = resident(device, "Béla")
            anna.sync()
            val manager = anna.settings(home).managers.single { !it.isThisPhone }
            anna.removeManager(home, manager.id, emptyList())
            val refused = thrown<IntercomException.Refused> { bela.changeSettings(there, SettingsChange.InnerDoor(false)) }
            assertSays(refused.told)
            assertEquals(refused.told, (refused as IntercomException).told)

            device.end()
            val nobody = thrown<IntercomException.NotReached> { anna.changeSettings(home, SettingsChange.InnerDoor(false)) }
            val path: FailedPath = nobody.paths.single { it.by == Via.NETWORK }
            assertInstanceOf(PathFault.Silent::class.java, path.fault)
            assertEquals(Way.ADDRESS to "Change address", path.way to path.wayWords)
            assertFalse("door stays shut" in nobody.told.sentence)
            assertEquals(nobody.told, (nobody as IntercomException).told)
        }

    @Test
    fun `a link is not accepted`() =
        inWorld {
            val (anna, home) = resident(device())
            val unreadable = thrown<LinkException.Unreadable> { anna.previewLink("hello") }
            assertEquals(LinkProblem.NOT_OURS to true, unreadable.problem to unreadable.copyAgain)
            assertEquals(unreadable.told, (unreadable as LinkException).told)
            val link = anna.share(anna.make(home, "Friends")).link
            val name = thrown<LinkException.OwnName> { phone().acceptLink(link, " ") }
            assertTrue((name as LinkException).told.title.isNotEmpty())
            val keys = Locking()
            val bela = phone(keys)
            keys.isLocked = true
            val wallet = thrown<LinkException.Wallet> { bela.acceptLink(link, "Béla") }
            assertInstanceOf(WalletException.Internal::class.java, wallet.error)
            assertEquals(wallet.error.told, (wallet as LinkException).told)
        }

    @Test
    fun `a key is not saved or not shared`() =
        inWorld {
            val device = device()
            val keys = Locking()
            val (anna, home) = resident(device, keys = keys)
            anna.newKey(home).use { wizard ->
                val wrong = thrown<SaveException.Field> { wizard.save() }
                assertEquals(KeyField.NAME to "Give the key a name", wrong.field to (wrong as SaveException).told.title)
                wizard.setName("Friends")
                keys.isLocked = true
                assertSays((thrown<SaveException.Wallet> { wizard.save() } as SaveException).told)
                keys.isLocked = false
            }
            val key = anna.make(home, "Friends")
            phone().accept(anna.share(key).link)
            anna.synced(key)
            val held = thrown<ShareException.NoLink> { anna.share(key) }
            assertEquals(listOf(ShareWay.SOMEONE_ELSE, ShareWay.NEW_PHONE) to true, held.ways to held.isStatus)
            assertEquals("On Béla's phone", (held as ShareException).told.title)
            val gone = thrown<ShareException.Wallet> { anna.share("17") }
            assertEquals(GONE, (gone as ShareException).told.sentence)

            device.ask("open-pairing")
            val (bela, _) = resident(device, "Béla")
            val own = bela.make(bela.intercoms().single().id, "Neighbours")
            bela.sync()
            val theirs = anna.also { it.sync() }.keys("neighbours").keys.single().id
            val only = thrown<ShareException.NoLink> { anna.share(theirs) }
            assertEquals(listOf(ShareWay.NEW_PHONE) to false, only.ways to only.isStatus)
            assertEquals(only.told, (only as ShareException).told)
            assertTrue(own.isNotEmpty())
        }

    @Test
    fun `a door is not asked`() =
        inWorld {
            val wire = Wire().closed()
            val device = device("--inner-door", "--url", wire.url).also { wire.to = it.url }
            val anna = phone()
            val home = anna.pair("${device.uuid} ${wire.url}", "Anna")
            anna.sync()
            val gone = thrown<UnlockException.Wallet> { anna.unlock("17").last() }
            assertEquals(GONE, (gone as UnlockException).told.sentence)
            wire.holds = true
            val asked = scope.launch { anna.unlock(home).collect {} }
            wire.lost.receive()
            val busy = thrown<UnlockException.Busy> { anna.unlock(home, door = Door.INNER).last() }
            assertEquals("One door at a time", (busy as UnlockException).told.title)
            asked.cancel()
        }

    private suspend inline fun <reified T : Exception> thrown(crossinline call: suspend () -> Any?): T {
        val thrown = runCatching { call() }.exceptionOrNull()
        return assertInstanceOf(T::class.java, thrown)
    }

    private fun assertSays(told: Told) {
        assertTrue(told.title.isNotEmpty() && told.sentence.startsWith(told.title), "$told")
    }

    private companion object {
        const val GONE = "This is no longer here. Look at the list again."
    }
}
