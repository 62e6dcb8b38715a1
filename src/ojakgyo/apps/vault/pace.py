"""Wrong words lock nobody out: each makes the next try at the same door wait a little longer.

Every try waits that out beside the others, not behind them. Then two of a room are at work at a time, one of a door: by
turns who came first of all and who came first at the quietest door, so that a right password gets in within bounded
time however many wrong ones are kept coming. A full room turns away the newest try at its most crowded door.
"""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from ojakgyo.domain.errors import Refused

STEP_S: Final = 0.5
LONGEST_S: Final = 5.0
FORGOTTEN_S: Final = 600.0
AT_WORK: Final = 2
"""Of a room; what they derive is bounded once more, for all rooms together."""
_DOORS: Final = 1_024


class Room(Enum):
    """Each fills by itself: no crowd at the way in keeps the gate shut, or anybody waiting who sits at the desk."""

    WAY_IN = auto()
    GATE = auto()
    SEATED = auto()


PLACES: Final = {Room.WAY_IN: 128, Room.GATE: 64, Room.SEATED: 64}
"""Each is a thread of the server, asleep for most of its time."""


@dataclass(slots=True, eq=False)
class _Try:
    """`waited`: ready to be called. `called`: to work, or `away`."""

    door: str
    waited: bool = False
    at_work: bool = False
    away: bool = False
    called: threading.Event = field(default_factory=threading.Event)


def _sleep(seconds: float, called: threading.Event) -> None:
    called.wait(seconds)


class Pace:
    def __init__(
        self,
        tick: Callable[[], float] = time.monotonic,
        sleep: Callable[[float, threading.Event], None] = _sleep,
    ) -> None:
        self._tick, self._sleep, self._lock = tick, sleep, threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._inside: dict[Room, list[_Try]] = {room: [] for room in Room}
        self._turns = 0

    @contextmanager
    def knock(self, door: str, room: Room = Room.SEATED) -> Iterator[None]:
        """One try, as much later as the wrong ones of the last ten minutes and those before it at the door call for.

        What is ``Refused`` within counts as wrong. Turned away: ``Refused``, and nothing is tried or counted.
        """
        with self._place(door, room) as (one, before):
            if seconds := self.delay(door, before):
                self._sleep(seconds, one.called)
            self._turn(one, room)
            try:
                yield
            except Refused:
                self.wrong(door)
                raise
            self.right(door)

    @contextmanager
    def _place(self, door: str, room: Room) -> Iterator[tuple[_Try, int]]:
        one, inside = _Try(door), self._inside[room]
        with self._lock:
            if len(inside) >= PLACES[room]:
                self._turn_away(one, inside)
            before = sum(each.door == door for each in inside)
            inside.append(one)
        try:
            yield one, before
        finally:
            with self._lock:
                if one in inside:
                    inside.remove(one)
                self._call(room)

    def _turn_away(self, newest: _Try, inside: list[_Try]) -> None:
        waiting = [*(each for each in inside if not each.at_work), newest]
        crowds = Counter(each.door for each in waiting)
        gone = max(reversed(waiting), key=lambda each: (crowds[each.door], self._count(each.door)))
        if gone is newest:
            raise Refused("vault.crowded")
        inside.remove(gone)
        gone.away = True
        gone.called.set()

    def _turn(self, one: _Try, room: Room) -> None:
        """Wait to be called to work."""
        with self._lock:
            one.waited = True
            self._call(room)
        one.called.wait()
        if one.away:
            raise Refused("vault.crowded")

    def _call(self, room: Room) -> None:
        """Call who is next to work, if somebody may be."""
        inside = self._inside[room]
        busy = {each.door for each in inside if each.at_work}
        ready = [each for each in inside if each.waited and each.door not in busy]
        if not ready or len(busy) >= AT_WORK:
            return
        self._turns += 1
        crowds = Counter(each.door for each in inside)
        one = min(ready, key=lambda each: crowds[each.door]) if self._turns % 2 else ready[0]
        one.at_work = True
        one.called.set()

    def delay(self, door: str, before: int = 0) -> float:
        """Seconds to wait with a try at this door."""
        return min(LONGEST_S, STEP_S * (self._count(door) + before))

    def wrong(self, door: str) -> None:
        with self._lock:
            self._wrong[door] = self._count(door) + 1, self._tick()
            self._wrong.move_to_end(door)
            while len(self._wrong) > _DOORS:
                self._wrong.popitem(last=False)

    def right(self, door: str) -> None:
        with self._lock:
            self._wrong.pop(door, None)

    def _count(self, door: str) -> int:
        count, last = self._wrong.get(door, (0, 0.0))
        return count if self._tick() - last < FORGOTTEN_S else 0


pace: Final = Pace()
