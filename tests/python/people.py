"""The people of the story: an intercom as a process of its own, and phones with the real core behind its Python binding."""

import asyncio
import faulthandler
import json
import os
import subprocess
import tempfile
import unittest
from contextlib import suppress
from pathlib import Path

import phonein

ROOT = Path(__file__).parents[2]
INTERCOM = Path(os.environ.get("PHONEIN_INTERCOM", ROOT / "target/debug/phonein-intercom"))
PATIENCE = 30


class Intercom:
    """The reference intercom, as it ships, on a free port of loopback."""

    def __init__(self, *options):
        self._directory = tempfile.TemporaryDirectory()
        self.data = Path(self._directory.name) / "data"
        self._ready = Path(self._directory.name) / "ready.json"
        self._start(options)

    def _start(self, options):
        self._ready.unlink(missing_ok=True)
        command = [INTERCOM, "run", "--data", self.data, "--http", "127.0.0.1:0", "--ready-file", self._ready]
        command += options if "--seconds" in options else ["--seconds", "1", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    async def up(self):
        async with asyncio.timeout(PATIENCE):
            while not self._ready.exists():
                if self._process.poll() is not None:
                    raise RuntimeError("the intercom ended at once")
                await asyncio.sleep(0.02)
        ready = json.loads(self._ready.read_text())
        self.uuid, self.url = ready["uuid"], "http://" + ready["http"]
        self.code = f"{self.uuid} {self.url}"
        return self

    def ask(self, command, *words):
        subprocess.run([INTERCOM, command, "--data", self.data, *words], check=True, stdout=subprocess.DEVNULL)

    def hold_button(self):
        self.ask("open-pairing")

    def power_cut(self):
        self._process.kill()
        self._process.wait(PATIENCE)

    async def power_returns(self, *options):
        """After a power cut, at another port."""
        self._process.wait(PATIENCE)
        self._start(options)
        return await self.up()

    def end(self):
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._directory.cleanup()


class Wire:
    """The network between a phone and an intercom, in which what phones send may get lost."""

    def __init__(self):
        self.holds = False
        self.lost, self.given_up = asyncio.Queue(), asyncio.Queue()
        self._intercom = None

    async def up(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    def lead_to(self, url):
        self._intercom = url.removeprefix("http://").split(":")

    def end(self):
        self._server.close()

    async def _serve(self, phone, to_phone):
        try:
            intercom, to_intercom = await asyncio.open_connection(*self._intercom)
        except (OSError, asyncio.CancelledError):
            to_phone.close()
            return
        answers = asyncio.ensure_future(self._answer(intercom, to_phone))
        has_lost = False
        # The test may end first.
        with suppress(ConnectionError, asyncio.CancelledError):
            while sent := await phone.read(65_536):
                if self.holds:
                    has_lost = True
                    self.lost.put_nowait(sent)
                else:
                    to_intercom.write(sent)
        if has_lost:
            self.given_up.put_nowait(None)
        answers.cancel()
        to_intercom.close()
        to_phone.close()

    async def _answer(self, intercom, to_phone):
        with suppress(ConnectionError, asyncio.CancelledError):
            while answered := await intercom.read(65_536):
                to_phone.write(answered)
        to_phone.close()


class PythonKeys(phonein.DeviceKeys):
    """Keys that the shell lends, as a phone's keystore does."""

    def __init__(self, directory):
        self._keys = phonein.software_keys(str(directory))
        self.bad_sign = None

    def create(self, alias):
        return self._keys.create(alias)

    def sign(self, alias, text):
        if self.bad_sign:
            return self.bad_sign(text)
        return self._keys.sign(alias, text)

    def forget(self, alias):
        self._keys.forget(alias)

    def wrapping_key(self):
        return self._keys.wrapping_key()


async def last(heard):
    """The last word of work in hand."""
    async with asyncio.timeout(PATIENCE):
        async for word in heard:
            pass
    return word


def budapest(directory):
    """A phone in Budapest, whose person reads English."""
    clock = phonein.DayClock.TWENTY_FOUR
    return phonein.Config(directory=str(directory), locale="en", day_clock=clock, zone="Europe/Budapest")


class Phone:
    """A phone in Budapest."""

    async def on(self):
        self._directory = tempfile.TemporaryDirectory()
        self.wallet = Path(self._directory.name) / "wallet"
        self.keys = PythonKeys(Path(self._directory.name) / "keys")
        return await self.start()

    async def start(self):
        """The app is started; after the first time, again."""
        self.core = await phonein.Phonein.open(budapest(self.wallet), self.keys)
        return self

    def off(self):
        self.core.close()
        self._directory.cleanup()

    async def pair(self, code, place, person, address=""):
        """Adds an intercom; how it ended."""
        return await last(self.core.pair(code, place, person, address))

    async def press(self, intercom, door=phonein.Door.ENTRANCE, key=None):
        """Presses a door's button: every tap it is told of, until the last."""
        async with asyncio.timeout(PATIENCE):
            return [tap async for tap in self.core.press(intercom, door, key)]

    async def answer(self, intercom, door=phonein.Door.ENTRANCE, key=None):
        """Presses a door's button: the first that is no step."""
        steps = (phonein.TapState.SEARCHING, phonein.TapState.CONNECTING, phonein.TapState.ASKING)
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
        keys = await self.core.keys("", phonein.KeyFilter(), None)
        return next((row for row in keys.keys if row.id == key), None)

    async def accept(self, text, person="Béla"):
        """ADD KEY; the key, and what its intercom is called on this phone."""
        accepted = await self.core.accept_link(text, person)
        assert isinstance(accepted, phonein.Accepted.ADDED), accepted
        return accepted.key, (await self.core.home()).intercoms[0].intercom.id


class World(unittest.IsolatedAsyncioTestCase):
    """Opens what a test needs, and closes it in reverse order."""

    def setUp(self):
        # A test that hangs ends the run, and says where.
        faulthandler.dump_traceback_later(300, exit=True)
        self.addCleanup(faulthandler.cancel_dump_traceback_later)

    async def device(self, *options):
        intercom = Intercom(*options)
        self.addCleanup(intercom.end)
        return await intercom.up()

    async def phone(self):
        phone = await Phone().on()
        self.addCleanup(phone.off)
        return phone

    async def resident(self, device, person="Anna"):
        """A phone that is a manager of `device`, and what that is called there."""
        phone = await self.phone()
        paired = await phone.pair(device.code, "Home", person)
        self.assertIsInstance(paired, phonein.PairingProgress.ADDED)
        return phone, paired.intercom

    async def behind_wire(self, *options):
        """A resident whose words can get lost."""
        wire = await Wire().up()
        self.addCleanup(wire.end)
        device = await self.device("--url", wire.url, *options)
        wire.lead_to(device.url)
        device.code = f"{device.uuid} {wire.url}"
        phone, home = await self.resident(device)
        await phone.core.sync()
        wire.intercom = device
        return wire, phone, home
