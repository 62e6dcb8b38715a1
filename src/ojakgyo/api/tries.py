"""How often a token may try: so many times in a minute, counted in the memory of this process alone."""

import threading
import time
from collections import deque
from collections.abc import Callable
from math import ceil
from typing import Final

from ojakgyo.domain.errors import Refused

AT_MOST: Final = 60
WITHIN_S: Final = 60.0


class Tries:
    """A try that is refused is not counted: who goes on too fast gets on at the allowed pace, and no faster."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._at: dict[int, deque[float]] = {}

    def count(self, token: int) -> None:
        """One try more by this token. Too many in the last minute: `Refused`, which says for how many seconds."""
        with self._lock:
            now = self._tick()
            self._forget(now)
            at = self._at.setdefault(token, deque())
            if len(at) >= AT_MOST:
                raise Refused("cards.too_many_tries", seconds=max(1, ceil(at[0] + WITHIN_S - now)))
            at.append(now)

    def forget(self) -> None:
        with self._lock:
            self._at.clear()

    def _forget(self, now: float) -> None:
        for token, at in list(self._at.items()):
            while at and at[0] <= now - WITHIN_S:
                at.popleft()
            if not at:
                del self._at[token]


tries: Final = Tries()
