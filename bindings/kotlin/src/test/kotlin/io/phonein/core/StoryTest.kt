package io.phonein.core

import kotlinx.coroutines.flow.last
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.attribute.PosixFilePermissions.asFileAttribute
import java.nio.file.attribute.PosixFilePermissions.fromString
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import kotlin.io.path.createFile
import kotlin.io.path.div
import kotlin.io.path.writeText

/** A resident and a guest, from the first page to the last, against the real intercom. */
class StoryTest {
    @Test
    fun `a resident lets a guest in until the key is used up`() =
        inWorld {
            val (anna, home) = resident(device("--inner-door"))
            val card: IntercomHome = anna.home().intercoms.single()
            assertEquals("Home" to OpensBy.Manager, card.intercom.name to card.opensBy)
            assertEquals(listOf("Entrance", "Inner door"), card.doors.map(DoorButton::name))
            assertEquals("Anna", anna.ownName())

            val key =
                anna.make(home, "Cleaner") {
                    setCategory(KeyCategory.SERVICES)
                    setUnlimited(false)
                    setRecurring(false)
                    setUses(Uses.Times(1))
                    setWelcomeOn(true)
                    setWelcome("The mop is behind the door.")
                }
            assertEquals(KeyStatus.Shared, anna.synced(key).status)
            val share: Share = anna.share(key)
            val qr: QrModules = share.qr
            assertEquals(QrStretch(4, 4, 7), qr.dark.first())

            val bela = phone()
            val invitation: Invitation = bela.previewLink("FWD: ${share.text}")
            assertEquals(InvitationOffer.ADD, invitation.offer)
            val nothing: EmptyList = checkNotNull(bela.keys().empty)
            assertEquals(EmptyWhy.NONE_SENT to "No keys yet", nothing.why to nothing.title)
            assertEquals("Services · Home" to "The mop is behind the door.", invitation.placeWords to invitation.welcome)
            val mine = bela.accept(share.link)
            assertEquals(KeyStatus.Held("Béla"), anna.synced(key).status)

            val (guest) = bela.home().intercoms
            val chip: KeyChip = assertInstanceOf(OpensBy.Key::class.java, guest.opensBy).key
            assertEquals("Cleaner" to mine, chip.name to chip.id)
            assertEquals("Cleaner" to mine, guest.doors.single().keyName to guest.doors.single().key)
            assertEquals(listOf(false, true), listOf(guest.makesKeys, guest.takesLinks))
            assertEquals(guest.intercom.id, bela.home().place)
            val door: QuickDoor = checkNotNull(bela.quickDoor())
            assertEquals(QuickDoor(guest.intercom, Door.ENTRANCE, askFirst = false), door)
            assertNull(bela.quickDoor("17"), "no other door opens in its place")
            val row: KeyRow = bela.keys().keys.single()
            assertEquals(Door.ENTRANCE to listOf(KeyOffer.REMOVE), row.opens to row.offers)
            val taps = bela.unlock(guest.intercom.id).toList()
            val opened = taps.mapNotNull { it.state as? TapState.Opened }
            assertEquals(listOf(1 to Via.NETWORK, 0 to Via.NETWORK), opened.map { it.seconds to it.by })
            val refused = bela.unlock(guest.intercom.id).last()
            assertEquals(Refusal.UsedUp, assertInstanceOf(TapState.Refused::class.java, refused.state).refusal)
            assertEquals(TapLook.REFUSED to Sign.CROSS, refused.look to refused.sign)

            anna.sync()
            val details = anna.key(key)
            assertEquals(Fact(Sign.PHONE, "On Béla's phone", ""), details.facts.first())
            val more: MoreUses = checkNotNull(details.moreUses)
            assertEquals(listOf("1", "2"), more.choices.take(2).map(MoreUsesChoice::words))
            val page: ActivityPage = anna.activity(ActivityFilter(show = ActivityShow.OPENED))
            assertEquals(ShowChoice(ActivityShow.ALL, "All"), page.choices.first())
            val entry: ActivityEntry = page.entries.first()
            assertEquals(Sign.ENTRANCE_OPEN to Meaning.ACTIVE, entry.sign to entry.meaning)
            assertEquals(listOf("Today", "Entrance opened", "Béla"), listOf(entry.day, entry.title, entry.person))
            assertEquals(ActivityKind.OPENED to Door.ENTRANCE, entry.kind to entry.door)
            assertEquals("phonein.json", anna.exportName(ExportFormat.JSON))
            assertTrue(anna.exportActivity(ExportFormat.CSV).lines()[1].contains("used up"))
        }

    @Test
    fun `a use that was spent while the power failed is given back`() =
        inWorld {
            val device = device()
            val (anna, home) = resident(device)
            val bela = phone()
            bela.accept(anna.share(anna.make(home, "Plumber") { setUnlimited(false) }).link)
            val there = bela.intercoms().single().id

            // The command that moves the relay is the last that this intercom does.
            val command = (directory() / "kill").createFile(asFileAttribute(fromString("rwx------")))
            command.writeText("#!/bin/sh\nkill -9 \$PPID\n")
            device.restart("--on-entrance", "$command")
            anna.sync() // which tells it the time
            assertEquals(TapState.NoAnswer, bela.unlock(there).last().state)
            device.restart()
            anna.sync()
            bela.sync()
            val tap = bela.home().intercoms.single().doors.single().tap
            val settled: Settled = assertInstanceOf(TapState.Settled::class.java, tap.state).how
            assertEquals(Settled.Interrupted, settled)

            anna.sync()
            val entry = anna.activity(ActivityFilter(show = ActivityShow.ALL)).entries.single { it.mayGiveBack }
            anna.giveBack(entry.id)
            anna.sync()
            assertInstanceOf(TapState.Opened::class.java, bela.press(there).state)
        }

    @Test
    fun `the page of a new key speaks java time and reads the rule back`() =
        inWorld {
            val (anna, home) = resident(device())
            anna.newKey(home).use { wizard ->
                wizard.setUnlimited(false)
                wizard.setStartDate(LocalDate.of(2031, 10, 12))
                wizard.setStartTime(LocalTime.of(10, 22))
                wizard.setExpiryDate(LocalDate.of(2031, 10, 14))
                wizard.setExpiryTime(LocalTime.NOON)
                val single: SingleUse = checkNotNull(wizard.state().singleUse)
                val (date: DateChoice, time: TimeChoice) = single.startDate to single.startTime
                assertEquals(LocalDate.of(2031, 10, 12), date.date.toJavaLocalDate())
                assertEquals(LocalTime.of(10, 22), time.time.toJavaLocalTime())
                assertEquals(CalendarDate(2031, 10, 14) to ClockTime(12, 0), single.expiryDate.date to single.expiryTime.time)

                wizard.setRecurring(true)
                val weekly: WeeklyHours = checkNotNull(wizard.state().weekly)
                weekly.days.forEachIndexed { at, day: DayChoice -> if (day.chosen) wizard.toggleDay(DayOfWeek.of(at + 1)) }
                wizard.toggleDay(DayOfWeek.SATURDAY)
                wizard.setFrom(LocalDate.of(2031, 10, 12))
                wizard.setUntil(LocalDate.of(2031, 12, 31))
                wizard.setWindowStart(LocalTime.of(22, 0))
                wizard.setWindowEnd(LocalTime.of(6, 0))
                assertEquals(
                    "Your key is valid every Saturday from 22:00 to 06:00 the next day starting Sunday, October 12, 2031 " +
                        "ending Wednesday, December 31, 2031",
                    wizard.state().sentence,
                )
            }
        }

    @Test
    fun `a draft is there again until it is discarded`() =
        inWorld {
            val (anna, home) = resident(device("--inner-door"))
            anna.newKey(home).use { wizard ->
                wizard.setInnerDoor(true)
                wizard.leave(KeyField.NAME)
                val problem: Problem = wizard.state().problems.first()
                assertEquals(FieldProblem.NO_NAME to true, problem.problem to problem.shown)
                assertEquals(home to null, wizard.intercom() to wizard.key())
            }
            checkNotNull(anna.draft()).use { wizard ->
                val state: WizardState = wizard.state()
                assertEquals(true to "This is what you set last time", state.innerDoor to state.broughtBack)
                val choice: CategoryChoice = state.categories.first()
                assertEquals(KeyCategory.FRIEND to "Friend", choice.category to choice.name)
                wizard.startOver()
                assertEquals(false, wizard.state().innerDoor)
                wizard.discard()
            }
            assertNull(anna.draft())
        }

    @Test
    fun `what was typed last is there after the app was closed at once`() =
        inWorld {
            val (keys, wallet) = JcaKeys() to directory().resolve("wallet")
            val phone = phone(keys, wallet)
            val wizard = phone.newKey(phone.pair(device().code, "Anna"))
            for (typed in listOf("P", "Pe", "Peter")) wizard.setName(typed)
            phone.close()
            val again = checkNotNull(phone(keys, wallet).draft())
            assertEquals("Peter", again.state().name)
        }
}

/** A key's row, after the intercom was asked. */
suspend fun Phonein.synced(key: String): KeyRow {
    sync()
    val page: KeyPage = keys()
    return page.keys.single { it.id == key }
}
