"""What is closed is gone: memory, files, threads and handles are as before."""

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import phonein
from people import World, budapest
from phonein.generated import phonein_core as binding

# More than any of what runs in the background takes to end.
PATIENCE = 60

# What the interpreter is run by, on a processor that is not there (cargo xtask arm).
EMULATOR = os.environ.get("PHONEIN_EMULATOR", "").split()

# Ends with the last word of a tap, and takes its time about it: the core lets go of the listener meanwhile.
ENDS_AT_ONCE = """
import asyncio, sys, time
import phonein
from people import budapest, last

class Slow:
    def __del__(self, sleep=time.sleep):
        sleep(0.5)

async def main(directory, code):
    core = await phonein.Phonein.open(budapest(directory + "/wallet"), phonein.software_keys(directory + "/keys"))
    added = await last(core.pair(code, "Home", "Anna"))
    print((await last(core.press(added.intercom))).title)

slow = Slow()
asyncio.run(main(*sys.argv[1:]))
"""


class Leftovers(World):
    async def test_ten_thousand_rounds_of_opening_and_closing_leave_nothing_behind(self):
        anna, home = await self.resident(await self.device())

        async def round():
            async with anna.core.changes():
                pass
            await anna.core.new_key(home)
            async with anna.core.ready(home):
                pass

        await self.leaves_nothing(round, warm_up=1_000, rounds=10_000)

    async def test_a_hundred_starts_of_the_core_leave_nothing_behind(self):
        directory = Path(self.enterContext(tempfile.TemporaryDirectory()))
        keys = phonein.software_keys(str(directory / "keys"))

        async def round():
            async with await phonein.Phonein.open(budapest(directory / "wallet"), keys) as core:
                await core.home()

        await self.leaves_nothing(round, warm_up=20, rounds=100)

    async def test_a_program_that_ends_with_its_last_tap_ends_well(self):
        device = await self.device()
        with tempfile.TemporaryDirectory() as directory:
            command = [*EMULATOR, sys.executable, "-c", ENDS_AT_ONCE, directory, device.code]
            path = os.pathsep.join(sys.path)
            run = lambda: subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": path})
            ended = await asyncio.to_thread(run)
        self.assertEqual((ended.returncode, ended.stderr), (0, b""))

    async def leaves_nothing(self, round, warm_up, rounds):
        # What asyncio notes for debugging is no leftover of ours.
        asyncio.get_running_loop().set_debug(False)
        for _ in range(warm_up):
            await round()
        before, memory_before = held(), memory()
        for _ in range(rounds):
            await round()
        async with asyncio.timeout(PATIENCE):
            while any(now > then for now, then in zip(held(), before)):
                await asyncio.sleep(0.1)
        # An emulator's own, of code that it translates, is not ours.
        if not EMULATOR:
            self.assertLess(memory() - memory_before, 8_192, "KiB")


def held():
    """How many files, threads of the core's, listeners and calls there are."""
    gc.collect()
    threads = sum(1 for thread in Path("/proc/self/task").iterdir() if name(thread) == "phonein")
    listeners = len(binding._UniffiFfiConverterTypeChangeListener._handle_map)
    return len(os.listdir("/proc/self/fd")), threads, listeners, len(binding._UniffiContinuationHandleMap)


def name(thread):
    try:
        return (thread / "comm").read_text().strip()
    except OSError:
        return "ended meanwhile"


def memory():
    """In KiB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


if __name__ == "__main__":
    unittest.main()
