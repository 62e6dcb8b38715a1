"""Wrong words lock nobody out: each makes the next try for the same door wait a little longer."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

STEP_S: Final = 0.5
LONGEST_S: Final = 5.0
FORGOTTEN_S: Final = 600.0
_DOORS: Final = 1_024


class Pace:
    def __init__(self, tick: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._tick, self._sleep, self._lock = tick, sleep, threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, door: str) -> None:
        """Before a try: as long as the wrong ones of the last ten minutes call for."""
        if seconds := min(LONGEST_S, STEP_S * self._count(door)):
            self._sleep(seconds)

    def wrong(self, door: str) -> None:
        count = self._count(door) + 1
        with self._lock:
            self._wrong[door] = count, self._tick()
            self._wrong.move_to_end(door)
            while len(self._wrong) > _DOORS:
                self._wrong.popitem(last=False)

    def right(self, door: str) -> None:
        with self._lock:
            self._wrong.pop(door, None)

    def _count(self, door: str) -> int:
        with self._lock:
            count, last = self._wrong.get(door, (0, 0.0))
        return count if self._tick() - last < FORGOTTEN_S else 0


pace: Final = Pace()
