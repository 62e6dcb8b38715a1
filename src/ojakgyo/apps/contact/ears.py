"""Are our ears open? Kept in memory: a house that has just started has not heard anything yet, and says so."""

import threading
import time
from collections.abc import Callable
from typing import Final

from ojakgyo.apps.contact.values import Ears
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import keyholder

STALE_S: Final = 10.0
"""A channel that was not listened to for so long is deaf."""


class Hearing:
    """The state of the spool: when it was last read to its end, and since when that has failed."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._heard: tuple[float, Instant] | None = None

    def heard(self, now: Instant) -> bool:
        """The spool was read; True if that is news."""
        with self._lock:
            news = self._deaf()
            self._heard = self._tick(), now
        return news

    def forget(self) -> None:
        """The house was sealed: what it hears next is the first it hears."""
        with self._lock:
            self._heard = None

    def is_deaf(self) -> bool:
        """Whether it heard once and does not now: silence says nothing about anybody."""
        with self._lock:
            return self._heard is not None and self._deaf()

    def ears(self) -> Ears:
        with self._lock:
            deaf = self._deaf()
            return Ears(channels=1, hearing=int(not deaf), deaf_since=self._heard[1] if deaf and self._heard else None)

    def _deaf(self) -> bool:
        return self._heard is None or self._tick() - self._heard[0] > STALE_S


hearing: Final = Hearing()
keyholder.when_sealed(hearing.forget)
