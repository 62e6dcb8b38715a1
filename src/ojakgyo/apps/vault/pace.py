"""Wrong words lock nobody out: each makes the next try for the same door wait a little longer.

Tries at one door stand in line, one after the other; other doors are not slowed. A crowd that would exhaust the server
is asked to come back.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.errors import Refused

STEP_S: Final = 0.5
LONGEST_S: Final = 5.0
FORGOTTEN_S: Final = 600.0
AT_ONE_DOOR: Final = 8
"""Who stands in line at one door, whoever is at it included; fewer than `AT_ALL`, so that one door fills no house."""
AT_ALL: Final = 48
"""Each of them is a thread of the server."""
_DOORS: Final = 1_024


@dataclass(slots=True)
class _Line:
    turn: threading.Lock = field(default_factory=threading.Lock)
    length: int = 0


class Pace:
    def __init__(self, tick: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._tick, self._sleep, self._lock = tick, sleep, threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lines: dict[str, _Line] = {}

    @contextmanager
    def knock(self, door: str) -> Iterator[None]:
        """One try: after those before it, and as much later as the wrong ones call for.

        What is ``Refused`` within counts as wrong. Too many in line: ``Refused``, and nothing is tried or counted.
        """
        with self._in_line(door):
            self.wait(door)
            try:
                yield
            except Refused:
                self.wrong(door)
                raise
            self.right(door)

    @contextmanager
    def _in_line(self, door: str) -> Iterator[None]:
        with self._lock:
            line = self._lines.get(door) or _Line()
            if line.length >= AT_ONE_DOOR or sum(each.length for each in self._lines.values()) >= AT_ALL:
                raise Refused("vault.crowded")
            self._lines[door] = line
            line.length += 1
        try:
            with line.turn:
                yield
        finally:
            with self._lock:
                line.length -= 1
                if not line.length:
                    del self._lines[door]

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
