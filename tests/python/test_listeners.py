"""Listeners are called one call after the other, in order, and nothing is heard after the end."""

import asyncio
import threading
import unittest

import phonein
from people import PATIENCE, World
from phonein.generated import phonein_core as binding

TWELVE, TWENTY_FOUR = phonein.DayClock.TWELVE, phonein.DayClock.TWENTY_FOUR


def listeners():
    return len(binding._UniffiFfiConverterTypeChangeListener._handle_map)


class Calling(phonein.ChangeListener):
    """Does what it is told to do."""

    def __init__(self, call):
        self._call = call

    def on_change(self, changes):
        self._call(changes)


class Listeners(World):
    async def asyncSetUp(self):
        self.anna = await self.phone()

    def change(self, clock=TWELVE):
        self.anna.core.set_locale("en", clock, "Europe/Budapest")

    async def until(self, true):
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.001)

    async def test_a_screen_hears_of_changes_until_it_goes(self):
        changes = self.anna.core.changes()
        async with changes:
            self.change()
            heard = []
            while set(heard) != set(phonein.Change):
                heard += await anext(changes)
            self.change()
        with self.assertRaises(StopAsyncIteration):
            await anext(changes)
        await self.until(lambda: listeners() == 0)

    async def test_cancelled_changes_end_where_somebody_waits_for_them(self):
        # Before it begins, while it begins, and later.
        for wait in (None, 0, 0.1):
            changes = self.anna.core.changes()
            waiting = asyncio.ensure_future(self.heard(changes))
            if wait is not None:
                await asyncio.sleep(wait)
            changes.cancel()
            self.assertEqual(await waiting, [])
        await self.until(lambda: listeners() == 0)

    async def heard(self, changes):
        return [change async for change in changes]

    async def test_changes_that_nobody_holds_are_not_listened_for(self):
        changes = self.anna.core.changes()
        await changes.__aenter__()
        self.assertEqual(listeners(), 1)
        del changes
        await self.until(lambda: listeners() == 0)

    async def test_calls_come_one_after_the_other(self):
        inside, wrong, calls = threading.Lock(), [], []

        def call(changes):
            if not inside.acquire(blocking=False):
                wrong.append("two at once")
                return
            calls.append(changes)
            threading.Event().wait(0.001)
            inside.release()

        subscription = self.anna.core.watch(Calling(call))
        self.assertIsInstance(subscription, phonein.ChangeSubscription)
        for round in range(200):
            self.change(TWELVE if round % 2 else TWENTY_FOUR)
            await asyncio.sleep(0)
        await self.until(lambda: calls)
        subscription.cancel()
        await self.until(lambda: listeners() == 0)
        heard = len(calls)
        self.change()
        self.assertEqual((wrong, len(calls)), ([], heard))

    async def test_a_tap_is_told_in_order(self):
        anna, home = await self.resident(await self.device())
        told = await anna.press(home)
        self.assertTrue(all(isinstance(tap, phonein.Tap) for tap in told))
        rank = {"SEARCHING": 0, "CONNECTING": 1, "ASKING": 2, "OPENED": 3}
        ranks = [rank[type(tap.state).__name__.removeprefix("TapState.")] for tap in told]
        self.assertEqual(ranks, sorted(ranks))
        seconds = [tap.state.seconds for tap in told if isinstance(tap.state, phonein.TapState.OPENED)]
        self.assertEqual(seconds, [1, 0])

    async def test_a_listener_that_throws_is_not_the_end(self):
        calls = []

        def call(changes):
            calls.append(changes)
            if len(calls) == 1:
                raise phonein.ListenerError.Failed("on purpose")
            if len(calls) == 2:
                raise ValueError("by mistake")

        subscription = self.anna.core.watch(Calling(call))
        for number in range(1, 4):
            self.change()
            await self.until(lambda: len(calls) >= number)
        subscription.cancel()

    async def test_a_hundred_presses_at_once_are_one_tap(self):
        # Open for longer than a busy machine needs for the last of them.
        anna, home = await self.resident(await self.device("--seconds", "5"))
        for told in await asyncio.gather(*(anna.press(home) for _ in range(100))):
            self.assertIsInstance(told[-1].state, phonein.TapState.OPENED)
            self.assertEqual(told[-1].state.seconds, 0)
        await anna.core.sync()
        page = await anna.core.activity(phonein.ActivityFilter(intercom=home, show=phonein.ActivityShow.OPENED))
        self.assertIsInstance(page, phonein.ActivityPage)
        self.assertEqual(len(page.entries), 1)


if __name__ == "__main__":
    unittest.main()
