"""The core's main object, with what Python has for listeners and handles."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from .generated import phonein_core as core
from .heard import Handle, Heard


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
        return cls._uniffi_make_instance(opened._uniffi_clone_handle())

    def close(self) -> None:
        """Lets go of the wallet and ends what still goes on. Whatever is called afterwards raises `ValueError`."""
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
