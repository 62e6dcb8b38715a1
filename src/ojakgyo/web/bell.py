"""Tells every open desk that something changed. Rung from any thread, heard on the server's event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

BEAT_SECONDS: Final = 2.0
EVENTS: Final = frozenset({"board", "inbox", "checkins", "ears", "lock"})


class Bell:
    """A count for each event; a stream waits until one moves. No queue per stream: a slow desk costs nothing."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._moved = asyncio.Event()
        self._rung: dict[str, int] = dict.fromkeys(sorted(EVENTS), 0)
        self._seq, self._closed = 0, False

    def hang(self) -> None:
        """Bind to the running loop; called once when the server starts."""
        self._loop, self._closed, self._moved = asyncio.get_running_loop(), False, asyncio.Event()

    def ring(self, name: str, seq: int) -> None:
        """Say that `name` has changed with fact `seq` of the chronicle. From any thread; no server, no effect."""
        if name not in EVENTS:
            raise ValueError("no such event")
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring, name, seq)

    def close(self) -> None:
        """End every stream; on the loop, before the server waits for its connections."""
        self._closed = True
        self._wake()

    def _ring(self, name: str, seq: int) -> None:
        self._rung[name] += 1
        self._seq = max(self._seq, seq)
        self._wake()

    def _wake(self) -> None:
        waiting, self._moved = self._moved, asyncio.Event()
        waiting.set()

    def _said(self, name: str) -> bytes:
        return f"event: {name}\ndata: {self._seq}\n\n".encode()

    def _news(self, heard: dict[str, int]) -> list[str]:
        """Names rung since `heard`, which is brought up to date."""
        moved = [name for name, count in self._rung.items() if count != heard[name]]
        heard.update(self._rung)
        return moved

    async def listen(
        self, beat: float = BEAT_SECONDS, sitting: Callable[[], bool | None] | None = None
    ) -> AsyncIterator[bytes]:
        """The stream of one desk: each changed event once, and a beat every `beat` seconds, however busy it is.

        `sitting` says whether the keys of its session are up, None once it has ended: each change is a `lock`, and the
        end of the session is the end of the stream.
        """
        loop, heard, seated = asyncio.get_running_loop(), dict(self._rung), sitting and sitting()
        yield b"retry: 1000\n\n" + self._said("beat")
        due = loop.time() + beat
        while not self._closed:
            moved = self._moved
            if sitting and ((now := sitting()) is None or now != seated):
                seated = now
                yield self._said("lock")
                if now is None:
                    return
            for name in self._news(heard):
                yield self._said(name)
            if loop.time() >= due:
                due = loop.time() + beat
                yield self._said("beat")
            try:
                await asyncio.wait_for(moved.wait(), max(0.0, due - loop.time()))
            except TimeoutError:
                continue


bell: Final = Bell()
