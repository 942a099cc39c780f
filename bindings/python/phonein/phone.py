"""The core's main object, with what Python has for listeners and handles."""

import atexit
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self
from weakref import WeakSet

from .generated import phonein_core as core
from .heard import Handle, Heard

# The core lets go of a listener a moment after its last word.
_FAREWELL = 2.0


class _Listener(core.ChangeListener, core.UnlockListener, core.PairingListener):
    def __init__(self, hear: Callable[[Any, bool], None]) -> None:
        self._hear = hear

    def on_change(self, changes: list[core.Change]) -> None:
        self._hear(changes, False)

    def on_tap(self, tap: core.Tap, is_final: bool) -> None:
        self._hear(tap, is_final)

    def on_pairing(self, progress: core.PairingProgress) -> None:
        self._hear(progress, progress.is_final())


class Phonein(core.PhoneinCore):
    """The app without its pixels. Open one and keep it for as long as the program runs; `async with` closes it.

    A cancelled task ends the work of the call it waits in.
    """

    @classmethod
    async def open(cls, config: core.Config, device_keys: core.DeviceKeys) -> Self:
        """Opens the wallet in the directory, or begins one. `software_keys(directory)` are keys for a desktop."""
        opened = await core.PhoneinCore.open(config, device_keys)
        # The same object behind a handle of its own, with the class above.
        phonein = cls._uniffi_make_instance(opened._uniffi_clone_handle())
        _opened.add(phonein)
        return phonein

    def close(self) -> None:
        """Lets go of the wallet and ends what still goes on. Whatever is called afterwards raises `ValueError`."""
        if self._handle is not None:
            self.__del__()
            self._handle = None  # type: ignore[assignment]

    def _uniffi_clone_handle(self) -> int:
        if self._handle is None:
            raise ValueError("this Phonein is closed")
        return super()._uniffi_clone_handle()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def changes(self) -> Heard[list[core.Change]]:
        """What is different, whenever something is: ask for it again. Goes on until it is cancelled."""

        async def begin(hear: Callable[[Any, bool], None]) -> Handle:
            return self.watch(_Listener(hear))

        return Heard(begin, has_last_word=False)

    def press(self, intercom: str, door: core.Door = core.Door.ENTRANCE, key: str | None = None) -> Heard[core.Tap]:
        """Presses a door's button, as `unlock` does: each step, the end, and once a second while the door is open.

        A door that was pressed opens although nobody listens any more; only `cancel`, the end of an `async with` block or
        a cancelled task ends the tap.
        """
        return Heard(lambda hear: self.unlock(intercom, key, door, _Listener(hear)))

    def pair(self, code: str, name: str, own_name: str, address: str = "") -> Heard[core.PairingProgress]:
        """Adds an intercom, as `add_intercom` does: each step, and the end."""
        return Heard(lambda hear: self.add_intercom(code, address, name, own_name, _Listener(hear)))

    @asynccontextmanager
    async def ready(self, intercom: str) -> AsyncIterator[None]:
        """Keeps this intercom one round trip away for as long as the block lasts, as `stay_ready` does."""
        staying = await self.stay_ready(intercom)
        try:
            yield
        finally:
            staying.cancel()


_opened: WeakSet[Phonein] = WeakSet()
_lent = (core.ChangeListener, core.UnlockListener, core.PairingListener, core.DeviceKeys)


@atexit.register
def _part() -> None:
    """Closes what is open, and waits until the core holds nothing of Python any more: a thread of its that meets an
    interpreter which is going down ends the process with a signal."""
    for phonein in list(_opened):
        phonein.close()
    maps = [getattr(core, f"_UniffiFfiConverterType{lent.__name__}")._handle_map for lent in _lent]
    until = time.monotonic() + _FAREWELL
    while any(len(handles) for handles in maps) and time.monotonic() < until:
        time.sleep(0.01)
    # The thread that let go last is still on its way out.
    time.sleep(0.01)
