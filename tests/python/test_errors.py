"""Every case of every error arrives as its own type, with its words."""

import sqlite3
import unittest
from contextlib import closing

import phonein
from people import World, last
from phonein.generated import phonein_core as binding

GONE = "This is no longer here. Look at the list again."


class Errors(World):
    async def raised(self, kind, work):
        """The error that `work` ends with."""
        with self.assertRaises(kind) as raised:
            await work
        self.assertIsInstance(raised.exception, Exception)
        return raised.exception

    def says(self, told):
        self.assertIsInstance(told, phonein.Told)
        self.assertTrue(told.title and told.sentence.startswith(told.title), told)

    async def test_the_wallet_says_why(self):
        anna = await self.phone()
        gone = await self.raised(phonein.WalletError.Gone, anna.core.key("17"))
        self.assertEqual(gone.told.sentence, GONE)

        with closing(sqlite3.connect(anna.wallet / "wallet.db")) as wallet:
            wallet.execute("PRAGMA user_version = 99")
        self.says((await self.raised(phonein.WalletError.TooNew, anna.start())).told)

        anna.wallet = anna.wallet / "wallet.db"
        self.says((await self.raised(phonein.WalletError.ReadOnly, anna.start())).told)

        anna.keys.wrapping_key = lambda: b"no key"
        fault = await self.raised(phonein.WalletError.Internal, anna.start())
        self.assertEqual(fault.reason, "the phone's keystore returned garbage")
        self.says(fault.told)

    def test_a_full_disk_arrives_as_it_is(self):
        # No disk is full here: what the core would send is sent by hand.
        told = phonein.Told(title="The phone is full", detail="Make room", sentence="The phone is full. Make room.")
        sent = phonein.WalletError.Full(told)
        buffer = binding._UniffiFfiConverterTypeWalletError.lower(sent)
        arrived = binding._UniffiFfiConverterTypeWalletError.lift(buffer)
        self.assertIsInstance(arrived, phonein.WalletError.Full)
        self.assertEqual(arrived.told, sent.told)

    def test_a_panic_in_rust_is_an_exception(self):
        # Nobody has so much memory: the core's allocator panics.
        with self.assertRaises(binding.InternalError):
            binding._UniffiRustBuffer.alloc(2**64 - 1)

    async def test_an_intercom_is_not_added(self):
        anna = await self.phone()
        wrong = await self.raised(phonein.AddError.Field, last(anna.core.pair("3f0c", "Home", "Anna")))
        self.assertEqual((wrong.field, wrong.told.title), (phonein.AddField.CODE, "28 more characters"))
        gone = await self.raised(phonein.AddError.Wallet, anna.core.rename_intercom("17", "Home"))
        self.assertIsInstance(gone.error, phonein.WalletError.Gone)
        self.assertEqual(gone.error.told.sentence, GONE)

    async def test_an_intercom_does_not_do_what_is_asked(self):
        device = await self.device("--inner-door")
        anna, home = await self.resident(device)
        await anna.core.sync()

        def change(core, place, change):
            return core.change_settings(place, change)

        zone = phonein.SettingsChange.ZONE("Mars/Tharsis")
        wrong = await self.raised(phonein.IntercomError.Field, change(anna.core, home, zone))
        self.assertEqual(wrong.field, phonein.AddField.ZONE)
        self.says(wrong.told)
        shut = phonein.SettingsChange.INNER_DOOR(False)
        gone = await self.raised(phonein.IntercomError.Wallet, change(anna.core, "17", shut))
        self.assertEqual(gone.error.told.sentence, GONE)

        device.hold_button()
        bela, there = await self.resident(device, "Béla")
        await anna.core.sync()
        others = [manager for manager in (await anna.core.settings(home)).managers if not manager.is_this_phone]
        await anna.core.remove_manager(home, others[0].id, [])
        refused = await self.raised(phonein.IntercomError.Refused, change(bela.core, there, shut))
        self.assertIsInstance(refused.refusal, phonein.Refusal)
        self.says(refused.told)

        device.power_cut()
        nobody = await self.raised(phonein.IntercomError.NotReached, change(anna.core, home, shut))
        self.says(nobody.told)
        self.assertNotIn("door stays shut", nobody.told.sentence)
        [path] = [path for path in nobody.paths if path.by == phonein.Via.NETWORK]
        self.assertIsInstance(path, phonein.FailedPath)
        self.assertIsInstance(path.fault, phonein.PathFault.SILENT)
        self.assertEqual((path.way, path.way_words), (phonein.Way.ADDRESS, "Change address"))

    async def test_a_link_is_not_accepted(self):
        anna, home = await self.resident(await self.device())
        unreadable = await self.raised(phonein.LinkError.Unreadable, anna.core.preview_link("hello"))
        self.assertEqual((unreadable.problem, unreadable.copy_again), (phonein.LinkProblem.NOT_OURS, True))
        self.says(unreadable.told)
        _, text = await anna.make(home, "Friends")
        bela = await self.phone()
        self.says((await self.raised(phonein.LinkError.OwnName, bela.core.accept_link(text, " "))).told)
        bela.keys.create = lambda alias: b"no key"
        wallet = await self.raised(phonein.LinkError.Wallet, bela.core.accept_link(text, "Béla"))
        self.assertIsInstance(wallet.error, phonein.WalletError.Internal)
        self.says(wallet.error.told)

    async def test_a_key_is_not_saved_or_not_shared(self):
        device = await self.device()
        anna, home = await self.resident(device)
        wizard = await anna.core.new_key(home)
        wrong = await self.raised(phonein.SaveError.Field, wizard.save())
        self.assertEqual((wrong.field, wrong.told.title), (phonein.KeyField.NAME, "Give the key a name"))
        wizard.set_name("Friends")
        anna.keys.bad_sign = lambda text: b"no signature"
        self.says((await self.raised(phonein.SaveError.Wallet, wizard.save())).error.told)
        anna.keys.bad_sign = None

        key, text = await anna.make(home, "Friends")
        await (await self.phone()).accept(text)
        await anna.row(key)
        held = await self.raised(phonein.ShareError.NoLink, anna.core.share(key))
        self.assertEqual(held.told.title, "On Béla's phone")
        self.assertEqual((held.ways, held.is_status), ([phonein.ShareWay.SOMEONE_ELSE, phonein.ShareWay.NEW_PHONE], True))
        gone = await self.raised(phonein.ShareError.Wallet, anna.core.share("17"))
        self.assertEqual(gone.error.told.sentence, GONE)

        device.hold_button()
        bela, there = await self.resident(device, "Béla")
        await bela.make(there, "Neighbours")
        await bela.core.sync()
        await anna.core.sync()
        [theirs] = (await anna.core.keys("neighbours")).keys
        only = await self.raised(phonein.ShareError.NoLink, anna.core.share(theirs.id))
        self.assertEqual((only.ways, only.is_status), ([phonein.ShareWay.NEW_PHONE], False))
        self.says(only.told)

    async def test_a_door_is_not_asked(self):
        wire, anna, home = await self.behind_wire("--inner-door")
        gone = await self.raised(phonein.UnlockError.Wallet, anna.press("17"))
        self.assertEqual(gone.error.told.sentence, GONE)
        wire.holds = True
        async with anna.core.press(home):
            await wire.lost.get()
            busy = await self.raised(phonein.UnlockError.Busy, anna.press(home, phonein.Door.INNER))
            self.assertEqual(busy.told.title, "One door at a time")


if __name__ == "__main__":
    unittest.main()
