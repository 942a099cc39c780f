"""The keystore that the shell lends may do what it likes: the caller is told, and the core goes on."""

import tempfile
import threading
import unittest
from pathlib import Path

import phonein
from people import World


class Keystore(World):
    async def asyncSetUp(self):
        self.anna, self.home = await self.resident(await self.device())
        await self.anna.core.sync()

    async def reason(self, sign):
        """Why a key is not saved while the keystore signs like that."""
        wizard = await self.anna.core.new_key(self.home)
        wizard.set_name("Friends")
        self.anna.keys.bad_sign = sign
        with self.assertRaises(phonein.SaveError.Wallet) as raised:
            await wizard.save()
        self.anna.keys.bad_sign = None
        self.assertTrue(await wizard.save(), "it goes on")
        self.assertIsInstance(raised.exception.error, phonein.WalletError.Internal)
        self.assertEqual(raised.exception.error.told.title, "Something went wrong in the app")
        return raised.exception.error.reason

    async def test_one_that_throws_is_an_error_with_words(self):
        def throwing(error):
            def sign(_):
                raise error

            return sign

        self.assertIn("out of order", await self.reason(throwing(RuntimeError("out of order"))))
        missing = throwing(phonein.DeviceKeysError.Missing())
        self.assertEqual(await self.reason(missing), "the phone has no such key")
        self.assertEqual(await self.reason(throwing(phonein.DeviceKeysError.Locked())), "the phone's keys are locked")
        self.assertIn("broken", await self.reason(throwing(phonein.DeviceKeysError.Failed("broken"))))

    async def test_one_that_returns_rubbish_is_an_error_with_words(self):
        for rubbish in (b"", bytes(64), b"\xff" * 9_999):
            self.assertEqual(await self.reason(lambda _: rubbish), "the phone's keystore returned garbage")

    async def test_one_that_returns_no_bytes_at_all_is_an_error_with_words(self):
        self.assertTrue(await self.reason(lambda _: "a text"))

    async def test_one_that_hangs_is_given_up_and_holds_up_nobody_else(self):
        late = threading.Event()
        self.addCleanup(late.set)
        self.assertEqual(await self.reason(lambda _: late.wait() and b""), "the phone's keystore does not answer")

    async def test_no_call_does_its_work_on_the_thread_that_called(self):
        callers, here, everywhere = set(), wrote("thread-self"), wrote("self")

        def sign(text):
            callers.add(Path("/proc/thread-self/comm").read_text().strip())
            return self.anna.keys._keys.sign(alias, text)

        alias = next(path.name for path in self.anna.wallet.with_name("keys").iterdir() if path.suffix != ".key")
        self.anna.keys.bad_sign = sign
        key, _ = await self.anna.make(self.home, "Friends")
        self.assertEqual((await self.anna.row(key)).name, "Friends")
        self.assertEqual(callers, {"phonein"}, "signing")
        self.assertGreater(wrote("self") - everywhere, 10_000, "to the disk and to the network")
        self.assertLess(wrote("thread-self") - here, 1_000, "by this thread no more than what wakes others")

    async def test_keys_in_files_for_desktops(self):
        directory = Path(self.enterContext(tempfile.TemporaryDirectory()))
        keys = phonein.software_keys(str(directory / "keys"))
        public = keys.create("intercom-1")
        self.assertEqual(keys.create("intercom-1"), public)
        self.assertEqual((len(public), len(keys.sign("intercom-1", b"text"))), (33, 64))
        self.assertEqual(keys.wrapping_key(), keys.wrapping_key())
        keys.forget("intercom-1")
        with self.assertRaises(phonein.DeviceKeysError.Missing):
            keys.sign("intercom-1", b"text")
        with self.assertRaises(phonein.DeviceKeysError.Failed):
            keys.create("NOT AN ALIAS")


def wrote(who):
    """How many bytes this thread or this process has handed to the system so far, on any file or socket."""
    lines = Path(f"/proc/{who}/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


if __name__ == "__main__":
    unittest.main()
