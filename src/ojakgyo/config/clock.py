"""The one clock of the house. Only a practice world's may run ahead."""

import threading
import time

from ojakgyo.domain.values.instants import Instant


class Clock:
    """Wall time in whole milliseconds. `offset_ms` and `factor` differ from 0 and 1 only in a practice world."""

    def __init__(self, *, demo: bool = False, offset_ms: int = 0, factor: float = 1.0) -> None:
        if not demo and (offset_ms, factor) != (0, 1.0):
            raise ValueError("only a practice world's clock may run ahead")
        self._lock = threading.Lock()
        self._demo, self._factor = demo, factor
        self._base = self._wall() + offset_ms
        self._since = time.monotonic()

    def now(self) -> Instant:
        with self._lock:
            if not self._demo:
                return Instant(self._wall())
            return Instant(self._base + round(1_000 * self._factor * (time.monotonic() - self._since)))

    def advance_to(self, instant: int) -> None:
        """Move a practice world's clock forward; never back."""
        if not self._demo:
            raise ValueError("only a practice world's clock may run ahead")
        now = self.now()
        with self._lock:
            self._base, self._since = max(instant, now), time.monotonic()

    @property
    def ahead_ms(self) -> int:
        """How far this clock runs ahead of the machine's."""
        return self.now() - self._wall() if self._demo else 0

    @staticmethod
    def _wall() -> int:
        return time.time_ns() // 1_000_000
