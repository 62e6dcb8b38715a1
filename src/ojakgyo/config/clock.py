"""The one clock of the house. It never goes back; only a practice world's may run ahead."""

import threading
import time
from collections.abc import Callable
from typing import Final

from ojakgyo.domain.values.instants import Instant

CATCHING_UP: Final = 0.5
"""How fast the house's clock goes while the machine's lies behind it: timers go on, and the two come together again."""


def wall_ms() -> int:
    """The machine's clock: UTC, whatever its zone and its summer time."""
    return time.time_ns() // 1_000_000


class Clock:
    """Wall time in whole milliseconds. `offset_ms` and `factor` differ from 0 and 1 only in a practice world.

    A machine's clock that is set back, or that has forgotten the time over night, un-ages no timer: from where it was, the
    house's goes on at half speed until the machine's has come up to it. `wall` and `seconds` are the machine's two clocks:
    the one that somebody may set, and the one that nobody can.
    """

    def __init__(
        self,
        *,
        demo: bool = False,
        offset_ms: int = 0,
        factor: float = 1.0,
        wall: Callable[[], int] = wall_ms,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        if not demo and (offset_ms, factor) != (0, 1.0):
            raise ValueError("only a practice world's clock may run ahead")
        self._lock, self._wall, self._seconds = threading.Lock(), wall, seconds
        self._demo, self._factor = demo, factor
        self._base, self._since = wall() + offset_ms, seconds()

    def now(self) -> Instant:
        with self._lock:
            return self._now()

    def _now(self) -> Instant:
        """A clock that is not behind is the wall's, and remembers when it last was: from there it goes on if it must."""
        seconds = self._seconds()
        if self._demo:
            return Instant(self._base + round(1_000 * self._factor * (seconds - self._since)))
        wall, reached = self._wall(), self._base + int(1_000 * CATCHING_UP * (seconds - self._since))
        if wall >= reached:
            self._base, self._since = wall, seconds
        return Instant(max(wall, reached))

    def advance_to(self, instant: int) -> None:
        """Move a practice world's clock forward; never back."""
        if not self._demo:
            raise ValueError("only a practice world's clock may run ahead")
        self.never_before(instant)

    def never_before(self, instant: int) -> None:
        """The house had come so far: from now on no instant lies before this one."""
        with self._lock:
            self._base, self._since = max(instant, self._now()), self._seconds()

    def go(self, factor: float) -> None:
        """From now on a practice world's clock goes so many times as fast."""
        if not self._demo:
            raise ValueError("only a practice world's clock may run ahead")
        with self._lock:
            self._base, self._since, self._factor = self._now(), self._seconds(), factor

    @property
    def ahead_ms(self) -> int:
        """How far this clock runs ahead of the machine's."""
        with self._lock:
            return self._now() - self._wall() if self._demo else max(0, self._now() - self._wall())

    @property
    def lost_ms(self) -> int:
        """How far the machine's clock lies behind what this house has lived through; 0 in a practice world."""
        return 0 if self._demo else self.ahead_ms
