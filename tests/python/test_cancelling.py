"""Cancelling a task ends what only asks: what it held is dropped in Rust, which shows at the other end. What changes something goes on."""

import asyncio
import threading
import unittest

import phonein
from people import PATIENCE, Wire, World


class Keeping(phonein.UnlockListener, phonein.PairingListener):
    """Keeps what it hears, and says when that was the last."""

    def __init__(self):
        self._loop, self.heard, self._over = asyncio.get_running_loop(), [], asyncio.Event()

    def on_tap(self, tap, is_final):
        self._hear(tap, is_final)

    def on_pairing(self, progress):
        self._hear(progress, progress.is_final())

    def _hear(self, word, is_last):
        self.heard.append(word)
        if is_last:
            self._loop.call_soon_threadsafe(self._over.set)

    async def last(self):
        async with asyncio.timeout(PATIENCE):
            await self._over.wait()
        return self.heard[-1]


class Cancelling(World):
    async def cancel(self, task):
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task

    async def test_a_call_that_is_cancelled_hangs_up(self):
        wire, anna, _ = await self.behind_wire()
        wire.holds = True
        asking = asyncio.ensure_future(anna.core.sync())
        await wire.lost.get()
        await self.cancel(asking)
        await wire.given_up.get()

    async def test_a_tap_whose_task_is_cancelled_sends_nothing_more(self):
        wire, anna, home = await self.behind_wire()
        wire.holds = True
        pressing = asyncio.ensure_future(anna.press(home))
        await wire.lost.get()
        await self.cancel(pressing)
        await wire.given_up.get()

    async def test_a_tap_that_is_cancelled_by_hand_has_a_last_word(self):
        # Both at once: that word comes when the tap's ten seconds are over.
        await asyncio.gather(self.tap_that_is_cancelled(), self.handle_that_is_cancelled())

    async def tap_that_is_cancelled(self):
        wire, anna, home = await self.behind_wire()
        wire.holds = True
        tap = anna.core.press(home)
        states = []
        async for told in tap:
            states.append(told.state)
            if isinstance(told.state, phonein.TapState.ASKING):
                tap.cancel()
        self.assertIsInstance(states[-1], phonein.TapState.NO_ANSWER)

    async def handle_that_is_cancelled(self):
        wire, anna, home = await self.behind_wire()
        wire.holds = True
        listener = Keeping()
        unlock = await anna.core.unlock(home, None, phonein.Door.ENTRANCE, listener)
        self.assertIsInstance(unlock, phonein.Unlock)
        await wire.lost.get()
        unlock.cancel()
        self.assertIsInstance((await listener.last()).state, phonein.TapState.NO_ANSWER)

    async def test_an_attempt_to_pair_whose_task_is_cancelled_hangs_up(self):
        wire = await Wire().up()
        self.addCleanup(wire.end)
        device = await self.device()
        wire.lead_to(device.url)
        wire.holds = True
        anna = await self.phone()
        pairing = asyncio.ensure_future(anna.pair(device.uuid, "Home", "Anna", wire.url))
        await wire.lost.get()
        await self.cancel(pairing)
        await wire.given_up.get()
        wire.holds = False
        added = await anna.pair(device.uuid, "Home", "Anna", wire.url)
        self.assertIsInstance(added, phonein.PairingProgress.ADDED, "the same device can be added after all")

    async def test_a_key_that_is_being_saved_is_made_although_nobody_waits_any_more(self):
        anna, home = await self.resident(await self.device())
        await anna.core.sync()
        signing, late = threading.Event(), threading.Event()
        sign = anna.keys.sign

        def slowly(alias, text):
            signing.set()
            late.wait(PATIENCE)
            return sign(alias, text)

        wizard = await anna.core.new_key(home)
        wizard.set_name("Friends")
        anna.keys.sign = slowly
        saving = asyncio.ensure_future(wizard.save())
        await asyncio.to_thread(signing.wait, PATIENCE)
        async with anna.core.changes() as changes:
            await self.cancel(saving)
            late.set()
            async with asyncio.timeout(PATIENCE):
                while [row.name for row in (await anna.core.keys()).keys] != ["Friends"]:
                    await anext(changes)
        self.assertIsNone(await anna.core.draft(), "the draft is gone with it")

    async def test_other_handles_can_also_be_ended_by_hand(self):
        wire, anna, home = await self.behind_wire()
        wire.holds = True
        listener, bela = Keeping(), await self.phone()
        code = "3f0c9a4e-71d2-4b6a-9c55-0123456789ab"
        pairing = await bela.core.add_intercom(code, wire.url, "Home", "Béla", listener)
        self.assertIsInstance(pairing, phonein.Pairing)
        await wire.lost.get()
        pairing.cancel()
        self.assertIsInstance(await listener.last(), phonein.PairingProgress.CANCELLED)

        while not wire.given_up.empty():
            wire.given_up.get_nowait()
        staying = await anna.core.stay_ready(home)
        self.assertIsInstance(staying, phonein.StayReady)
        await wire.lost.get()
        staying.cancel()
        await wire.given_up.get()

    async def test_an_intercom_is_kept_ready_for_as_long_as_the_block_lasts(self):
        wire, anna, home = await self.behind_wire()
        wire.holds = True
        async with anna.core.ready(home):
            await wire.lost.get()
        await wire.given_up.get()

    async def test_what_is_closed_says_so(self):
        anna = await self.phone()
        async with anna.core:
            self.assertEqual(anna.core.export_name(phonein.ExportFormat.CSV), "phonein.csv")
        with self.assertRaises(ValueError):
            anna.core.export_name(phonein.ExportFormat.CSV)
        with self.assertRaises(ValueError):
            await anna.core.home()
        anna.core.close()


if __name__ == "__main__":
    unittest.main()
