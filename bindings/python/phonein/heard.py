"""What a listener hears, as an asynchronous iterator."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

T = TypeVar("T")


class Handle(Protocol):
    """Work in hand."""

    def cancel(self) -> None: ...


class Heard(Generic[T]):
    """What the core tells of work in hand, in order.

    The work begins with the first step of `async for`, or with `async with`. The end of the block, `cancel`, and the
    cancelling of the task that waits here end it; after the end of the block nothing more is heard.
    """

    def __init__(
        self, begin: Callable[[Callable[[T, bool], None]], Awaitable[Handle]], has_last_word: bool = True
    ) -> None:
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[tuple[T, bool] | None]()

        # Holds the queue and not this object, which ends the work when nobody holds it any more.
        def hear(word: T, is_last: bool) -> None:
            # The loop is closed: nobody is left to hear it.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(queue.put_nowait, (word, is_last))

        self._begin: Callable[[], Awaitable[Handle]] = lambda: begin(hear)
        self._has_last_word = has_last_word
        self._queue = queue
        self._work: Handle | None = None
        self._cancelled = False
        self._over = False

    async def _start(self) -> None:
        if self._work is not None:
            return
        beginning = asyncio.ensure_future(self._begin())
        try:
            self._work = await asyncio.shield(beginning)
        except asyncio.CancelledError:
            # What began nevertheless is ended as soon as there is something to end it by.
            beginning.add_done_callback(_cancel)
            raise
        if self._cancelled:
            self._end()

    def cancel(self) -> None:
        """Ends the work, if it has not ended. Where the core has a last word for that, it is still heard."""
        self._cancelled = True
        self._end()

    def _end(self) -> None:
        if self._work is not None:
            self._work.cancel()
            if not self._has_last_word:
                self._queue.put_nowait(None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        if self._over or (self._cancelled and self._work is None):
            raise StopAsyncIteration
        await self._start()
        try:
            heard = await self._queue.get()
        except asyncio.CancelledError:
            self.cancel()
            raise
        if heard is None:
            self._over = True
            raise StopAsyncIteration
        word, self._over = heard
        return word

    async def __aenter__(self) -> Self:
        await self._start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self.cancel()


def _cancel(beginning: "asyncio.Future[Handle]") -> None:
    if not beginning.cancelled() and beginning.exception() is None:
        beginning.result().cancel()
