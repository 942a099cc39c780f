"""A resident and a guest, from the first page to the last, through the surface the apps use, from a foreign language."""

import csv
import io
import json
import unittest

import phonein
from people import World

FOREVER = "This key will be valid forever"


class Story(World):
    async def asyncSetUp(self):
        self.intercom = await self.device("--inner-door")
        self.anna, self.home = await self.resident(self.intercom)
        self.bela = await self.phone()

    async def test_a_resident_is_at_home_after_pairing(self):
        home = (await self.anna.core.home()).intercoms[0]
        self.assertEqual((home.intercom.name, home.makes_keys), ("Home", True))
        self.assertTrue(home.opens_by.is_MANAGER())
        self.assertEqual([door.name for door in home.doors], ["Entrance", "Inner door"])
        self.assertEqual(await self.anna.core.own_name(), "Anna")
        await self.anna.core.sync()
        settings = await self.anna.core.settings(self.home)
        self.assertEqual([manager.name for manager in settings.managers], ["Anna (this phone)"])
        self.assertEqual(settings.zone_words, "Europe/Budapest, same as this phone")
        self.assertEqual((settings.inner_door, settings.changes_words), (True, "All changes are at the intercom"))

        told = await self.anna.press(self.home, phonein.Door.INNER)
        opened = next(tap for tap in told if isinstance(tap.state, phonein.TapState.OPENED) and tap.state.seconds)
        self.assertEqual((opened.title, opened.detail), ("Key active", "1 second left"))
        self.assertEqual(opened.spoken, "Inner door open, 1 second")
        self.assertEqual(told[-1].state.seconds, 0, "and back")

    async def test_the_wizard_reads_the_rule_back(self):
        wizard = await self.anna.core.new_key(self.home)
        self.assertEqual(wizard.state().sentence, FOREVER)
        with self.assertRaises(phonein.SaveError.Field) as raised:
            await wizard.save()
        self.assertEqual(raised.exception.field, phonein.KeyField.NAME)
        self.assertEqual(wizard.state().reason, "Give the key a name")
        wizard.set_unlimited(False)
        wizard.set_uses(phonein.Uses.TIMES(5))
        self.assertRegex(wizard.state().sentence, r"^Your key will be valid from \w+, .* until .*, up to 5 times$")
        wizard.set_recurring(True)
        wizard.set_window_start(phonein.ClockTime(hour=22, minute=0))
        wizard.set_window_end(phonein.ClockTime(hour=6, minute=0))
        self.assertIn("from 22:00 to 06:00 the next day", wizard.state().sentence)
        wizard.set_until(phonein.CalendarDate(year=2020, month=1, day=1))
        problems = [problem.words for problem in wizard.state().problems if problem.field == phonein.KeyField.UNTIL]
        self.assertEqual(problems, ["The end date is before the start date"])
        self.assertFalse(wizard.state().savable)

        # The app is closed at once; the page is as it was.
        wizard.set_name("Peter")
        wizard.set_name("Peter, my brother")
        self.anna.core.close()
        await self.anna.start()
        wizard = await self.anna.core.draft()
        self.assertEqual(wizard.state().name, "Peter, my brother")
        self.assertEqual(wizard.state().weekly.start.words, "22:00")
        wizard.discard()
        self.assertIsNone(await self.anna.core.draft())

    async def test_a_guest_gets_a_key_and_opens_until_it_is_used_up(self):
        def once(wizard):
            wizard.set_category(phonein.KeyCategory.SERVICES)
            wizard.set_unlimited(False)
            wizard.set_recurring(False)
            wizard.set_welcome_on(True)
            wizard.set_welcome("The mop is behind the door. Thank you!")

        key, text = await self.anna.make(self.home, "Cleaner", once)
        self.assertEqual((await self.anna.row(key)).status_words, "Shared, not accepted yet")

        invitation = await self.bela.core.preview_link(f"FWD: {text}\nSee you")
        self.assertEqual((invitation.name, invitation.place_words), ("Cleaner", "Services · Home"))
        self.assertEqual(invitation.welcome, "The mop is behind the door. Thank you!")
        self.assertRegex(invitation.sentence, "^Your key will be valid from ")
        mine, home = await self.bela.accept(text)
        self.assertEqual((await self.anna.row(key)).status_words, "On Béla's phone")

        guest = (await self.bela.core.home()).intercoms[0]
        self.assertEqual((guest.opens_by.key.name, guest.makes_keys, guest.takes_links), ("Cleaner", False, True))
        self.assertEqual([door.key for door in guest.doors], [mine])
        tap = await self.bela.answer(home)
        self.assertIsInstance(tap.state, phonein.TapState.OPENED, tap)
        self.assertEqual((tap.look, tap.sign), (phonein.TapLook.OPEN, phonein.Sign.ENTRANCE_OPEN))
        await self.bela.press(home)
        tap = await self.bela.answer(home)
        self.assertEqual((tap.look, tap.sign), (phonein.TapLook.REFUSED, phonein.Sign.CROSS))
        self.assertEqual((tap.title, tap.detail), ("This key is used up", "Ask who gave you the key for more uses"))
        self.assertEqual((await self.bela.core.key(mine)).row.status_words, "Used")

        await self.anna.core.sync()
        details = await self.anna.core.key(key)
        self.assertEqual(details.facts[-1], phonein.Fact(sign=phonein.Sign.MESSAGE, words="The mop is behind the door. Thank you!", more=""))
        self.assertIn("Entrance: used", [fact.words for fact in details.facts])
        self.assertIsInstance(details.more_uses, phonein.MoreUses)
        self.assertEqual(details.more_uses.question, "This key is used up. How many more uses shall it have?")
        first = [phonein.MoreUsesChoice(uses=1, words="1"), phonein.MoreUsesChoice(uses=2, words="2")]
        self.assertEqual(details.more_uses.choices[:2], first)

    async def test_a_forwarded_link_is_worth_nothing(self):
        _, text = await self.anna.make(self.home, "Friends")
        await self.bela.accept(text)
        cili = await self.phone()
        refused = await cili.core.accept_link(text, "Cili")
        self.assertIsInstance(refused, phonein.Accepted.REFUSED)
        self.assertEqual(refused.told.title, "Another phone has this key")
        self.assertEqual((await cili.core.home()).intercoms, [], "nothing is left behind")

    async def test_an_edit_reaches_the_guest_at_the_door_and_a_deletion_too(self):
        key, text = await self.anna.make(self.home, "Friends")
        mine, home = await self.bela.accept(text)
        self.assertEqual((await self.bela.answer(home, phonein.Door.INNER)).title, "This key does not open this door")

        wizard = await self.anna.core.edit_key(key)
        self.assertTrue(wizard.state().editing)
        wizard.set_name("Good friends")
        wizard.set_inner_door(True)
        await wizard.save()
        self.assertEqual((await self.anna.core.key((await self.anna.row(key)).id)).delivery_words, "At the intercom")
        self.assertIsInstance((await self.bela.answer(home, phonein.Door.INNER)).state, phonein.TapState.OPENED)
        self.assertEqual((await self.bela.core.key(mine)).row.name, "Good friends")

        self.assertEqual(await self.anna.core.delete_key(key), "Deleted. The door knows")
        self.assertIsNone(await self.anna.row(key))
        self.assertEqual((await self.bela.answer(home)).title, "This key was deleted")

    async def test_a_key_goes_to_a_new_phone_and_the_old_one_stops(self):
        key, text = await self.anna.make(self.home, "Friends")
        _, home = await self.bela.accept(text)
        await self.anna.row(key)
        with self.assertRaises(phonein.ShareError.NoLink) as raised:
            await self.anna.core.share(key)
        self.assertEqual(raised.exception.told.title, "On Béla's phone")

        copy = await self.anna.core.copy_key(key)
        self.assertEqual((await self.anna.row(copy)).name, "Friends (2)")
        await self.anna.core.reissue(key, None)
        again = (await self.anna.core.share(key)).text
        await self.anna.core.sync()
        new = await self.phone()
        _, there = await new.accept(again)
        self.assertIsInstance((await new.answer(there)).state, phonein.TapState.OPENED)
        self.assertEqual((await self.bela.answer(home)).title, "This key no longer opens here")
        refused = await (await self.phone()).core.accept_link(text, "Cili")
        self.assertEqual(refused.told.title, "This link was replaced")

    async def test_the_holder_of_a_key_becomes_a_manager_and_sees_everything(self):
        key, text = await self.anna.make(self.home, "Bela's")
        _, home = await self.bela.accept(text)
        await self.anna.row(key)
        await self.anna.core.add_manager(key)
        await self.bela.core.sync()
        row = (await self.bela.core.keys("bela", phonein.KeyFilter(), None)).keys[0]
        self.assertEqual((row.name, row.is_managed), ("Bela's", True))
        self.assertTrue((await self.bela.core.home()).intercoms[0].opens_by.is_MANAGER())

        managers = (await self.anna.core.settings(self.home)).managers
        bela = next(manager for manager in managers if not manager.is_this_phone)
        removal = await self.anna.core.manager_removal(self.home, bela.id)
        self.assertEqual(removal.question.title, "Remove Béla?")
        self.assertEqual([(key.name, key.propose_delete) for key in removal.keys], [("Bela's", False)])
        await self.anna.core.remove_manager(self.home, bela.id, [])
        self.assertEqual(len((await self.anna.core.settings(self.home)).managers), 1)
        self.assertIsNone(await self.bela.core.forget_intercom(home))

    async def test_a_second_phone_is_paired_with_the_button(self):
        code = f"{self.intercom.uuid.replace('-', ' ').upper()} {self.intercom.url}"
        self.assertIsInstance(await self.bela.pair(code, "Anna's", "Béla"), phonein.PairingProgress.ALREADY_PAIRED)
        self.intercom.hold_button()
        self.assertIsInstance(await self.bela.pair(code, "Anna's", "Béla"), phonein.PairingProgress.ADDED)
        await self.anna.core.sync()
        notes = [note.title for note in (await self.anna.core.home()).intercoms[0].notes]
        self.assertEqual(notes, ["Béla was paired at the device"])

    async def test_settings_are_the_intercoms(self):
        await self.anna.core.sync()
        await self.anna.core.change_settings(self.home, phonein.SettingsChange.INNER_DOOR(False))
        self.assertFalse((await self.anna.core.settings(self.home)).inner_door)
        self.assertEqual(len((await self.anna.core.home()).intercoms[0].doors), 1)
        await self.anna.core.change_settings(self.home, phonein.SettingsChange.ZONE("Europe/London"))
        settings = await self.anna.core.settings(self.home)
        self.assertEqual(settings.zone_words, "Europe/London, this phone: Europe/Budapest")
        self.assertEqual((settings.clock_words, settings.address_words), (settings.zone_words, settings.address))
        await self.anna.core.change_settings(self.home, phonein.SettingsChange.ADDRESS(""))
        settings = await self.anna.core.settings(self.home)
        self.assertEqual((settings.address, settings.address_words), (None, self.intercom.url))
        with self.assertRaises(phonein.IntercomError.Field):
            await self.anna.core.change_settings(self.home, phonein.SettingsChange.ZONE("Europe/Atlantis"))
        await self.anna.core.rename_intercom(self.home, "  The  flat ")
        self.assertEqual((await self.anna.core.intercoms())[0].name, "The flat")

    async def test_the_activity_is_a_list_and_a_file(self):
        _, text = await self.anna.make(self.home, "=1+1")
        _, home = await self.bela.accept(text)
        await self.bela.press(home)
        await self.anna.core.sync()
        everything = phonein.ActivityFilter(show=phonein.ActivityShow.ALL)
        entries = (await self.anna.core.activity(everything, None)).entries
        first = entries[0]
        self.assertEqual((first.day, first.title, first.person), ("Today", "Entrance opened", "Béla"))
        titles = [entry.title for entry in entries[-3:]]
        self.assertEqual(titles, ["Phone paired as manager", "Clock set", "Intercom restarted"])
        self.assertEqual(self.anna.core.export_name(phonein.ExportFormat.CSV), "phonein.csv")
        table = list(csv.DictReader(io.StringIO(await self.anna.core.export_activity(phonein.ExportFormat.CSV))))
        self.assertEqual((table[0]["Event"], table[0]["Key"]), ("Entrance opened", "'=1+1"))
        rows = json.loads(await self.anna.core.export_activity(phonein.ExportFormat.JSON))
        self.assertEqual((len(rows), rows[0]["key"]), (len(entries), "=1+1"))

    async def test_a_listener_hears_of_changes(self):
        async with self.anna.core.changes() as changes:
            await self.anna.make(self.home, "Friends")
            self.assertIn(phonein.Change.KEYS, await anext(changes))


class Troubles(World):
    async def asyncSetUp(self):
        self.anna = await self.phone()

    def test_a_code_is_read_while_it_is_typed(self):
        check = self.anna.core.check_code
        self.assertEqual(check("3f0c9a4e-71d2-4b").words, "18 more characters")
        self.assertFalse(check("3f0c9a4e-71d2-4b").is_wrong)
        self.assertTrue(check("3f0c9a4e-71d2-4z").is_wrong)
        whole = check("3F0C9A4E 71D2 4B6A 9C55 0123456789AB 192.168.1.40")
        self.assertEqual((whole.code, whole.address), ("3f0c9a4e-71d2-4b6a-9c55-0123456789ab", None))
        self.assertEqual(whole.shown, "3F0C9A4E 71D2 4B6A 9C55 0123456789AB 192.168.1.40")
        scanned = check("3F0C9A4E71D24B6A9C550123456789AB 192.168.1.40", scanned=True)
        self.assertEqual((scanned.shown, scanned.address), ("3f0c9a4e-71d2-4b6a-9c55-0123456789ab", "192.168.1.40"))
        no_address = check("3F0C9A4E71D24B6A9C550123456789AB http://")
        self.assertEqual((no_address.words, no_address.is_wrong), ("This is no network address", True))
        for typed in ("3F0C9A4E71D24B6A9C550123456789AB ", "3f0c"):
            self.assertEqual(check(typed).shown, typed)
        self.assertEqual(check("3F0C9A4E71D24B6A9C550123456789AB").shown, "3f0c9a4e-71d2-4b6a-9c55-0123456789ab")

    async def test_nobody_at_an_address_is_not_found(self):
        progress = await self.anna.pair("3f0c9a4e-71d2-4b6a-9c55-0123456789ab", "Home", "Anna", "127.0.0.1:9")
        self.assertIsInstance(progress, phonein.PairingProgress.NOT_FOUND)
        with self.assertRaises(phonein.AddError.Field) as raised:
            await self.anna.pair("3f0c", "Home", "Anna")
        self.assertEqual(raised.exception.told.title, "28 more characters")

    async def test_a_text_that_is_no_link_is_told_so(self):
        for text in ("", "hello", "https://example.org/k#", "\x00" * 5_000):
            with self.assertRaises(phonein.LinkError.Unreadable):
                await self.anna.core.preview_link(text)

    async def test_what_is_gone_is_an_error_and_not_the_end(self):
        for id in ("", "17", "-1", "x" * 1_000):
            with self.assertRaises(phonein.WalletError.Gone):
                await self.anna.core.key(id)


if __name__ == "__main__":
    unittest.main()
