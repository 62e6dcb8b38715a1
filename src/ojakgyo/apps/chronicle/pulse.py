"""Whether the runner still goes round: it beats after every round, and a house whose pulse has stopped says so."""

import threading
import time
from collections.abc import Callable
from typing import Final

STOPPED_S: Final = 30.0
"""A round takes milliseconds; half a minute without one is no slow round."""


class Pulse:
    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._lock = seconds, threading.Lock()
        self._began: float | None = None
        self._beat = 0.0

    def begin(self) -> None:
        """The runner is started now."""
        with self._lock:
            self._began = self._beat = self._seconds()

    def beat(self) -> None:
        """A round is over, well or not."""
        with self._lock:
            self._beat = self._seconds()

    def has_stopped(self) -> bool:
        """Whether no round has ended for half a minute, or none was ever begun."""
        with self._lock:
            return self._began is None or self._seconds() - self._beat > STOPPED_S

    @property
    def open_ms(self) -> int:
        """How long the runner has been at work: nothing has waited for it longer than that."""
        with self._lock:
            return 0 if self._began is None else int(1_000 * (self._seconds() - self._began))


pulse = Pulse()
