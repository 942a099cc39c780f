"""The people of the story: an intercom as a process of its own, and phones with the real core behind its Python binding."""

import asyncio
import json
import os
import subprocess
import tempfile
from pathlib import Path

import phonein_core as core

ROOT = Path(__file__).parents[2]
INTERCOM = Path(os.environ.get("PHONEIN_INTERCOM", ROOT / "target/debug/phonein-intercom"))
PATIENCE = 30
STEPS = (core.PairingProgress.SEARCHING, core.PairingProgress.CONNECTING, core.PairingProgress.ASKING)


class Intercom:
    """The reference intercom, as it ships, on a free port of loopback."""

    def __init__(self, *options):
        self._directory = tempfile.TemporaryDirectory()
        self.data = Path(self._directory.name) / "data"
        ready = Path(self._directory.name) / "ready.json"
        command = [INTERCOM, "run", "--data", self.data, "--http", "127.0.0.1:0", "--seconds", "1"]
        self._process = subprocess.Popen(
            [*command, "--ready-file", ready, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._ready = ready

    async def up(self):
        async with asyncio.timeout(PATIENCE):
            while not self._ready.exists():
                if self._process.poll() is not None:
                    raise RuntimeError("the intercom ended at once")
                await asyncio.sleep(0.02)
        ready = json.loads(self._ready.read_text())
        self.uuid, self.url = ready["uuid"], "http://" + ready["http"]
        return self

    def hold_button(self):
        subprocess.run([INTERCOM, "open-pairing", "--data", self.data], check=True, stdout=subprocess.DEVNULL)

    def end(self):
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._directory.cleanup()


class Listener(core.PairingListener, core.UnlockListener, core.ChangeListener):
    """Hands what it hears to the loop of the test: the core calls on threads of its own."""

    def __init__(self):
        self._loop, self._heard = asyncio.get_running_loop(), asyncio.Queue()

    def _hear(self, heard):
        self._loop.call_soon_threadsafe(self._heard.put_nowait, heard)

    def on_pairing(self, progress):
        self._hear(progress)

    def on_tap(self, tap, is_final):
        self._hear((tap, is_final))

    def on_change(self, changes):
        self._hear(changes)

    async def next(self):
        async with asyncio.timeout(PATIENCE):
            return await self._heard.get()


class PythonKeys(core.DeviceKeys):
    """Keys that the shell lends, as a phone's keystore does."""

    def __init__(self, directory):
        self._keys = core.software_keys(str(directory))
        self.fails = False

    def create(self, alias):
        return self._keys.create(alias)

    def sign(self, alias, text):
        if self.fails:
            raise RuntimeError("the keystore is out of order")
        return self._keys.sign(alias, text)

    def forget(self, alias):
        self._keys.forget(alias)

    def wrapping_key(self):
        return self._keys.wrapping_key()


class Phone:
    """A phone in Budapest."""

    async def on(self):
        self._directory = tempfile.TemporaryDirectory()
        self.keys = PythonKeys(Path(self._directory.name) / "keys")
        return await self.start()

    async def start(self):
        """The app is started; after the first time, again."""
        config = core.Config(
            directory=str(Path(self._directory.name) / "wallet"),
            locale="en",
            day_clock=core.DayClock.TWENTY_FOUR,
            zone="Europe/Budapest",
        )
        self.core = await core.Phonein.open(config, self.keys)
        return self

    def off(self):
        self.core = None
        self._directory.cleanup()

    async def pair(self, code, place, person, address=""):
        """Adds an intercom; how it ended."""
        listener = Listener()
        pairing = await self.core.add_intercom(code, address, place, person, listener)
        while isinstance(progress := await listener.next(), STEPS):
            pass
        del pairing
        return progress

    async def press(self, intercom, door=core.Door.ENTRANCE, key=None):
        """Presses a door's button: every tap it is told of, until the last."""
        listener, told, is_final = Listener(), [], False
        unlock = await self.core.unlock(intercom, key, door, listener)
        while not is_final:
            tap, is_final = await listener.next()
            told.append(tap)
        del unlock
        return told

    async def answer(self, intercom, door=core.Door.ENTRANCE, key=None):
        """Presses a door's button: the first that is no step."""
        steps = (core.TapState.SEARCHING, core.TapState.CONNECTING, core.TapState.ASKING)
        return next(tap for tap in await self.press(intercom, door, key) if not isinstance(tap.state, steps))

    async def make(self, intercom, name, fill=lambda wizard: None):
        """CREATE KEY and SHARE; the key and its link's text."""
        wizard = await self.core.new_key(intercom)
        wizard.set_name(name)
        fill(wizard)
        key = await wizard.save()
        share = await self.core.share(key)
        await self.core.mark_shared(key)
        return key, share.text

    async def row(self, key):
        await self.core.sync()
        keys = await self.core.keys("", core.KeyFilter(), None)
        return next((row for row in keys.keys if row.id == key), None)
