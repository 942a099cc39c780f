"""What the calls of the core hand out, and that it arrives whole: pages, records, and names of every script."""

import asyncio
import unicodedata
import unittest

import phonein
from people import World

NAMES = ("👩🏽‍🚒 Zsófi", "مفتاح أحمد", "שָׁלוֹם", "é és e\u0301", "q\u0303 x\u0301\u0323", "🇭🇺", "鍵")


class Surface(World):
    async def asyncSetUp(self):
        self.intercom = await self.device("--inner-door")
        self.anna, self.home = await self.resident(self.intercom)

    def all_are(self, kind, things):
        self.assertTrue(things)
        for thing in things:
            self.assertIsInstance(thing, kind)

    async def test_names_come_back_as_they_were_given(self):
        guest = await self.phone()
        for name in NAMES:
            key, text = await self.anna.make(self.home, name)
            # Names are kept in the composed form, which is the same text.
            same = unicodedata.normalize("NFC", name)
            self.assertEqual((await self.anna.core.key(key)).row.name, same)
            self.assertEqual((await guest.core.preview_link(text)).name, same)

    async def test_every_label_has_words(self):
        words = [self.anna.core.label(label) for label in phonein.Label]
        self.assertTrue(words)
        self.assertEqual([each for each in words if not each.strip() or each.startswith("label-")], [])

    async def test_what_a_page_offers_is_the_cores(self):
        self.assertEqual(self.anna.core.day_clock(), phonein.DayClock.TWENTY_FOUR)
        first = [phonein.UsesChoice(uses=phonein.Uses.NO_LIMIT(), words="No limit"), phonein.UsesChoice(uses=phonein.Uses.TIMES(count=1), words="1")]
        self.assertEqual(self.anna.core.uses_choices()[:2], first)

    async def test_the_page_of_a_new_key(self):
        wizard = await self.anna.core.new_key(self.home)
        self.assertIsInstance(wizard, phonein.KeyWizard)
        self.assertEqual((wizard.intercom(), wizard.key()), (self.home, None))
        wizard.leave(phonein.KeyField.NAME)
        state = wizard.state()
        self.assertIsInstance(state, phonein.WizardState)
        self.all_are(phonein.CategoryChoice, state.categories)
        self.all_are(phonein.Problem, state.problems)
        self.assertEqual((state.problems[0].problem, state.problems[0].shown), (phonein.FieldProblem.NO_NAME, True))
        self.assertIsNone(state.brought_back)

        wizard.set_unlimited(False)
        wizard.set_start_date(phonein.CalendarDate(year=2031, month=10, day=12))
        wizard.set_start_time(phonein.ClockTime(hour=10, minute=22))
        wizard.set_expiry_date(phonein.CalendarDate(year=2031, month=10, day=14))
        wizard.set_expiry_time(phonein.ClockTime(hour=12, minute=0))
        single = wizard.state().single_use
        self.assertIsInstance(single, phonein.SingleUse)
        self.assertIsInstance(single.start_date, phonein.DateChoice)
        self.assertIsInstance(single.start_time, phonein.TimeChoice)
        self.assertEqual((single.start_date.date.day, single.start_time.time.minute), (12, 22))
        self.assertEqual((single.expiry_date.date.day, single.expiry_time.time.hour), (14, 12))

        wizard.set_recurring(True)
        weekly = wizard.state().weekly
        self.assertIsInstance(weekly, phonein.WeeklyHours)
        self.all_are(phonein.DayChoice, weekly.days)
        for at, day in enumerate(weekly.days):
            if day.chosen != (at == 5):
                wizard.toggle_day(at)
        wizard.set_from(phonein.CalendarDate(year=2031, month=10, day=12))
        wizard.set_until(phonein.CalendarDate(year=2031, month=12, day=31))
        self.assertRegex(wizard.state().sentence, "^Your key is valid every Saturday from .* starting Sunday, October 12")
        wizard.start_over()
        self.assertTrue(wizard.state().unlimited)

    async def test_lists_pages_and_cards(self):
        key, text = await self.anna.make(self.home, "Friends")
        bela = await self.phone()
        invitation = await bela.core.preview_link(text)
        self.assertIsInstance(invitation, phonein.Invitation)
        self.assertEqual(invitation.offer, phonein.InvitationOffer.ADD)
        nothing = (await bela.core.keys()).empty
        self.assertIsInstance(nothing, phonein.EmptyList)
        self.assertEqual((nothing.why, nothing.title), (phonein.EmptyWhy.NONE_SENT, "No keys yet"))
        mine, there = await bela.accept(text)
        await bela.press(there)
        await self.anna.row(key)

        home = await bela.core.home()
        self.assertIsInstance(home, phonein.Home)
        self.all_are(phonein.IntercomHome, home.intercoms)
        self.all_are(phonein.DoorButton, home.intercoms[0].doors)
        self.assertEqual((home.place, home.notes), (there, []))
        self.assertEqual(home.intercoms[0].doors[0].key_name, "Friends")
        door = await bela.core.quick_door()
        self.assertIsInstance(door, phonein.QuickDoor)
        self.assertEqual((door.intercom.id, door.door, door.ask_first), (there, phonein.Door.ENTRANCE, False))
        self.assertIsNone(await bela.core.quick_door("17"), "no other door opens in its place")
        self.assertIsInstance(home.intercoms[0].opens_by, phonein.OpensBy.KEY)
        self.assertIsInstance(home.intercoms[0].opens_by.key, phonein.KeyChip)
        keys = await self.anna.core.keys(filter=phonein.KeyFilter(category=phonein.KeyCategory.FRIEND))
        self.assertIsInstance(keys, phonein.KeyPage)
        self.all_are(phonein.KeyRow, keys.keys)
        offers = [phonein.KeyOffer.EDIT, phonein.KeyOffer.SHARE, phonein.KeyOffer.DELETE]
        self.assertEqual((keys.keys[0].opens, keys.keys[0].offers), (phonein.Door.ENTRANCE, offers))
        self.assertEqual((keys.empty, keys.ahead > 0), (None, True))
        self.assertIsInstance(keys.keys[0].status, phonein.KeyStatus.HELD)
        details = await self.anna.core.key(key)
        self.assertIsInstance(details, phonein.KeyDetails)
        self.assertEqual(details.is_delivered, details.delivery_words == "At the intercom")
        self.all_are(phonein.Intercom, await self.anna.core.intercoms())
        page = await self.anna.core.activity(phonein.ActivityFilter(show=phonein.ActivityShow.ALL))
        self.all_are(phonein.ActivityEntry, page.entries)
        self.assertEqual(page.entries[0].kind, phonein.ActivityKind.OPENED)
        self.assertEqual((page.entries[0].sign, page.entries[0].meaning), (phonein.Sign.ENTRANCE_OPEN, phonein.Meaning.ACTIVE))
        self.assertEqual(page.choices[0], phonein.ShowChoice(show=phonein.ActivityShow.ALL, words="All"))
        self.assertIsInstance(self.anna.core.check_code("3f0c"), phonein.CodeReading)
        new = await self.anna.core.copy_key(key)
        share = await self.anna.core.share(new)
        self.assertIsInstance(share, phonein.Share)
        self.assertIsInstance(share.qr, phonein.QrModules)
        self.assertEqual(share.qr.dark[0], phonein.QrStretch(x=4, y=4, length=7))

        await self.anna.core.delete_key(key)
        self.assertIsNone(await bela.core.delete_key(mine), "it was only sent there")
        self.assertEqual((await bela.core.keys()).keys, [])

    async def test_settings_change_one_at_a_time(self):
        await self.anna.core.sync()
        for change in (
            phonein.SettingsChange.ADDRESS(self.intercom.url),
            phonein.SettingsChange.PATHS(phonein.PathChoice.NETWORK),
            phonein.SettingsChange.ASK_FIRST(True),
        ):
            await self.anna.core.change_settings(self.home, change)
        settings = await self.anna.core.settings(self.home)
        self.assertIsInstance(settings, phonein.IntercomSettings)
        self.all_are(phonein.Manager, settings.managers)
        self.assertEqual((settings.paths, settings.ask_first), (phonein.PathChoice.NETWORK, True))
        self.assertIn("Europe/London", await self.anna.core.zone_names())
        self.assertEqual(await self.anna.core.zone_names("new york"), ["America/New_York"])
        forgetting = await self.anna.core.forgetting(self.home)
        self.assertIsInstance(forgetting, phonein.Forgetting)
        self.assertTrue(forgetting.is_last_manager)

    async def test_two_managers_meet_at_one_key(self):
        self.intercom.hold_button()
        bela, there = await self.resident(self.intercom, "Béla")
        await self.anna.core.sync()
        [note] = (await self.anna.core.home()).intercoms[0].notes
        self.assertIsInstance(note, phonein.HomeNote)
        self.assertIsInstance(note.action, phonein.NoteAction.MANAGERS)
        self.assertEqual(note.action_words, "Managers")
        await self.anna.core.dismiss(note.dismissal)
        self.assertEqual((await self.anna.core.home()).intercoms[0].notes, [])

        key, _ = await self.anna.make(self.home, "Post")
        await self.anna.row(key)
        await bela.core.sync()
        [theirs] = (await bela.core.keys("post")).keys
        await bela.core.delete_key(theirs.id)
        wizard = await self.anna.core.edit_key(key)
        wizard.set_name("Mail")
        await wizard.save()
        await self.anna.core.sync()
        overtaken = (await self.anna.core.key(key)).overtaken
        self.assertIsInstance(overtaken, phonein.Overtaken)
        self.assertIsNone(overtaken.theirs_words)
        self.assertNotEqual(await self.anna.core.resolve(key, phonein.Keep.MINE), key, "a new key with the same rule")

        other = next(one for one in (await self.anna.core.settings(self.home)).managers if not one.is_this_phone)
        removal = await self.anna.core.manager_removal(self.home, other.id)
        self.assertIsInstance(removal, phonein.ManagerRemoval)

    async def test_the_keys_of_a_manager_who_is_removed(self):
        key, text = await self.anna.make(self.home, "Béla's")
        bela = await self.phone()
        await bela.accept(text)
        await self.anna.row(key)
        await self.anna.core.add_manager(key)
        other = next(one for one in (await self.anna.core.settings(self.home)).managers if not one.is_this_phone)
        removal = await self.anna.core.manager_removal(self.home, other.id)
        self.all_are(phonein.ManagerKey, removal.keys)

    async def test_a_use_that_was_spent_while_the_power_failed_is_given_back(self):
        # What moves the relay kills the intercom, which is its parent: the use is written down, the answer not sent.
        wire, anna, home = await self.behind_wire("--on-entrance", "sh -c 'kill -9 $PPID'")
        _, text = await anna.make(home, "Plumber", lambda wizard: wizard.set_unlimited(False))
        bela = await self.phone()
        mine, there = await bela.accept(text)
        self.assertIsInstance((await bela.press(there))[-1].state, phonein.TapState.NO_ANSWER)
        await wire.intercom.power_returns("--url", wire.url)
        wire.lead_to(wire.intercom.url)
        await bela.core.sync()
        tap = (await bela.core.home()).intercoms[0].doors[0].tap
        self.assertIsInstance(tap.state, phonein.TapState.SETTLED)
        self.assertIsInstance(tap.state.how, phonein.Settled.INTERRUPTED)

        await anna.core.sync()
        everything = phonein.ActivityFilter(intercom=home, show=phonein.ActivityShow.ALL)
        entries = (await anna.core.activity(everything)).entries
        [entry] = [entry for entry in entries if entry.may_give_back]
        self.assertEqual(entry.kind, phonein.ActivityKind.INTERRUPTED, entries)
        await anna.core.give_back(entry.id)
        await anna.core.sync()
        self.assertIsInstance((await bela.answer(there)).state, phonein.TapState.OPENED)

    async def test_a_clock_that_differs_is_asked_about(self):
        device = await self.device("--clock", "given")
        device.ask("clock", "now")
        anna, home = await self.resident(device)
        device.ask("clock", "+7200")
        await anna.core.sync()
        clock = (await anna.core.settings(home)).clock
        self.assertIsInstance(clock, phonein.ClockReading)
        self.assertTrue(clock.asks)
        await anna.core.answer_clock(home, use_this_phone=True)
        await anna.core.sync()
        self.assertIsNone((await anna.core.settings(home)).clock)


if __name__ == "__main__":
    unittest.main()
