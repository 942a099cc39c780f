package io.phonein.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What managers do with an intercom, with keys and with each other. */
class ManagersTest {
    @Test
    fun `settings change one at a time`() =
        inWorld {
            val device = device("--inner-door")
            val (anna, home) = resident(device)
            anna.sync()
            anna.changeSettings(home, SettingsChange.InnerDoor(false))
            anna.changeSettings(home, SettingsChange.Zone("Europe/London"))
            anna.changeSettings(home, SettingsChange.Address(device.url))
            anna.changeSettings(home, SettingsChange.Paths(PathChoice.NETWORK))
            anna.changeSettings(home, SettingsChange.AskFirst(true))
            anna.renameIntercom(home, "The flat")
            val settings: IntercomSettings = anna.settings(home)
            assertEquals(false to "Europe/London", settings.innerDoor to settings.zone)
            assertEquals(PathChoice.NETWORK to true, settings.paths to settings.askFirst)
            assertEquals(settings.zoneWords to device.url, settings.clockWords to settings.addressWords)
            assertTrue("Europe/London" in anna.zoneNames())
            assertEquals(listOf("America/New_York"), anna.zoneNames("new york"))
            val intercom: Intercom = anna.intercoms().single()
            assertEquals("The flat", intercom.name)
        }

    @Test
    fun `a clock that differs is asked about`() =
        inWorld {
            val device = device("--clock", "given")
            device.ask("clock", "now")
            val (anna, home) = resident(device)
            device.ask("clock", "+7200")
            anna.sync()
            val clock: ClockReading = checkNotNull(anna.settings(home).clock)
            assertTrue(clock.asks)
            assertEquals(clock.title, anna.settings(home).clockWords)
            val note: HomeNote = anna.home().intercoms.single().notes.first()
            assertEquals(NoteAction.AnswerClock, note.action)
            anna.answerClock(home, useThisPhone = true)
            anna.sync()
            assertNull(anna.settings(home).clock)
        }

    @Test
    fun `the holder of a key becomes a manager, and two managers meet at one key`() =
        inWorld {
            val (anna, home) = resident(device())
            val key = anna.make(home, "Béla's")
            val bela = phone()
            bela.accept(anna.share(key).link)
            anna.synced(key)
            assertEquals(listOf(key), anna.settings(home).candidates.map { it.id })
            anna.addManager(key)
            assertEquals(emptyList<KeyRow>(), anna.settings(home).candidates)
            bela.sync()

            val shared = anna.make(home, "Post")
            anna.synced(shared)
            val theirs = bela.also { it.sync() }.keys("post").keys.single().id
            bela.deleteKey(theirs)
            anna.editKey(shared).use {
                it.setName("Mail")
                it.save()
            }
            anna.sync()
            val details: KeyDetails = anna.key(shared)
            assertEquals(listOf(false, true), listOf(details.isDelivered, anna.key(key).isDelivered))
            val overtaken: Overtaken = checkNotNull(details.overtaken)
            assertNull(overtaken.theirsWords)
            assertNotEquals(shared, anna.resolve(shared, Keep.MINE), "deleted there: a new key with the same rule")

            val other: Manager = anna.settings(home).managers.single { !it.isThisPhone }
            val removal: ManagerRemoval = anna.managerRemoval(home, other.id)
            val kept: ManagerKey = removal.keys.first()
            assertEquals(false, kept.proposeDelete)
            anna.removeManager(home, other.id, emptyList())
            assertEquals(1, anna.settings(home).managers.size)
        }

    @Test
    fun `a key is copied, given to a new phone and taken back`() =
        inWorld {
            val (anna, home) = resident(device())
            val key = anna.make(home, "Friends")
            val bela = phone()
            val mine = bela.accept(anna.share(key).link)
            anna.synced(key)
            assertEquals("Friends (2)", anna.synced(anna.copyKey(key)).name)
            anna.reissue(key)
            val link = anna.share(key).link
            anna.sync()
            val tap = bela.press(bela.intercoms().single().id)
            assertEquals(Refusal.Taken, assertInstanceOf(TapState.Refused::class.java, tap.state).refusal)
            phone().accept(link)
            assertEquals("Deleted. The door knows", anna.deleteKey(key))
            assertNull(bela.deleteKey(mine), "it was only sent there")
            assertEquals(emptyList<KeyRow>(), bela.keys(filter = KeyFilter(category = KeyCategory.FRIEND)).keys)
        }

    @Test
    fun `a second manager is a note until it is dismissed, and the last one is told what leaving means`() =
        inWorld {
            val device = device()
            val (anna, home) = resident(device)
            anna.sync()
            device.ask("open-pairing")
            val (bela, there) = resident(device, "Béla")
            anna.sync()
            val note = anna.home().intercoms.single().notes.single()
            assertEquals(NoteAction.Managers to "Managers", note.action to note.actionWords)
            anna.dismiss(checkNotNull(note.dismissal))
            assertEquals(emptyList<HomeNote>(), anna.home().intercoms.single().notes)

            bela.sync()
            val forgetting: Forgetting = bela.forgetting(there)
            assertEquals(false, forgetting.isLastManager)
            assertNull(bela.forgetIntercom(there))
            anna.sync()
            assertTrue(anna.forgetting(home).isLastManager)
        }
}
