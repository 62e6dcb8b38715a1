"""Who sits at the desk, in the memory of this process only: sealing, a restart and a power cut end every session.

A seat holds the server's half of a session; the browser's cookie holds the token that opens it. Idle time and the end
run on the monotonic clock, so a clock set forward or a practice world's jump ends nobody's session.

What a seat's keys have opened for more than one request, `opened`, goes in the moment they are put down. With an
officer's last seat goes what lies in the drawer.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault.drawers import drawers
from ojakgyo.domain.sealing.pins import TRIES, Waiting
from ojakgyo.domain.values.ids import OfficerId, TokenId

IDLE_S: Final = 15 * 60.0
"""Without a person's act for so long, the keys are put down."""
END_S: Final = 12 * 3_600.0
CONFIRMED_S: Final = 5 * 60.0
"""For so long a password that was typed stands for acts of weight."""


@dataclass(frozen=True, slots=True)
class Seat:
    """`half` None: the keys have been put down; `waiting`: what cookie and PIN bring back then, for `tries` tries.

    `name` tells one session from another where they are listed; `id` is found by the token alone.
    """

    id: bytes
    officer: OfficerId
    half: bytes | None
    began_s: float
    acted_s: float
    name: TokenId = field(default_factory=lambda: TokenId(new_id()))
    password_s: float | None = None
    waiting: Waiting | None = None
    tries: int = 0

    def __repr__(self) -> str:
        return f"<Seat {self.officer}>"


class Seats:
    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._taken: dict[bytes, Seat] = {}
        self._opened: dict[bytes, dict[str, Any]] = {}

    def take(self, id: bytes, *, officer: OfficerId, half: bytes, password: bool = False) -> Seat:
        """Sit down; `password`: whether it was typed just now."""
        now = self._tick()
        with self._lock:
            self._taken[id] = Seat(id, officer, half, now, now, password_s=now if password else None)
            return self._taken[id]

    def find(self, id: bytes) -> Seat | None:
        """The seat, its keys put down if idle for too long; None once it has ended."""
        with self._lock:
            seat = self._taken.get(id)
            if seat is None or self._tick() - seat.began_s >= END_S:
                return None
            return self._kept(seat)

    def opened(self, id: bytes) -> dict[str, Any]:
        """Where to keep what this seat's keys have opened; without keys a place that nothing leads back to."""
        with self._lock:
            seat = self._taken.get(id)
            if seat is None or self._kept(seat).half is None:
                return {}
            return self._opened.setdefault(id, {})

    def put_away(self) -> None:
        """Drop what the keys of all seats have opened: something in it is to be forgotten everywhere."""
        with self._lock:
            self._opened.clear()

    def present(self) -> tuple[Seat, ...]:
        """Every session that has not ended, the newest first."""
        with self._lock:
            lasting = [seat for seat in self._taken.values() if self._tick() - seat.began_s < END_S]
            return tuple(sorted(map(self._kept, lasting), key=lambda seat: -seat.began_s))

    def act(self, seat: Seat) -> None:
        """A person did something: idle time starts anew. Keys once put down stay down."""
        with self._lock:
            if (present := self._taken.get(seat.id)) is not None:
                self._taken[seat.id] = replace(self._kept(present), acted_s=self._tick())

    def ages(self, seat: Seat) -> tuple[float, float]:
        """Seconds since it began, and since the last act."""
        now = self._tick()
        return now - seat.began_s, now - seat.acted_s

    def confirm(self, id: bytes) -> None:
        """The password was typed again, and was right."""
        with self._lock:
            if (seat := self._taken.get(id)) is not None:
                self._taken[id] = replace(seat, password_s=self._tick())

    def confirmed(self, seat: Seat) -> bool:
        """Whether the keys are up and the password was typed within five minutes."""
        typed = seat.password_s
        return seat.half is not None and typed is not None and self._tick() - typed < CONFIRMED_S

    def wait(self, id: bytes, waiting: Waiting | None) -> None:
        """Lay something by that cookie and PIN bring back after an idle while; None takes it away."""
        with self._lock:
            if (seat := self._taken.get(id)) is not None:
                self._taken[id] = replace(seat, waiting=waiting, tries=TRIES if waiting else 0)

    def try_pin(self, id: bytes) -> Waiting | None:
        """What waits, for one try; the last try takes it away. Counted before the try, so that many at once stay three."""
        with self._lock:
            seat = self._taken.get(id)
            if seat is None or seat.waiting is None:
                return None
            left = seat.tries - 1
            self._taken[id] = replace(seat, waiting=seat.waiting if left else None, tries=left)
            return seat.waiting

    def pick_up(self, seat: Seat, *, id: bytes, half: bytes, waiting: Waiting) -> bool:
        """Give a seat its keys again, under a new id and token; False where it ended meanwhile."""
        with self._lock:
            self._opened.pop(seat.id, None)
            present = self._taken.pop(seat.id, None)
            if present is None:
                return False
            fresh = replace(present, id=id, half=half, acted_s=self._tick(), waiting=waiting, tries=TRIES)
            self._taken[id] = fresh
            return True

    def put_down(self, id: bytes) -> None:
        """Forget the half that opens the keys; the seat stays, with the keyless board."""
        with self._lock:
            self._opened.pop(id, None)
            if (seat := self._taken.get(id)) is not None:
                self._taken[id] = replace(seat, half=None)

    def leave(self, id: bytes) -> Seat | None:
        with self._lock:
            self._opened.pop(id, None)
            seat = self._taken.pop(id, None)
            if seat is not None:
                self._empty_drawers((seat,))
        return seat

    def end(self, chosen: Callable[[Seat], bool]) -> tuple[Seat, ...]:
        """Take away every seat that is chosen; their pages and streams learn of it at their next request or beat."""
        with self._lock:
            over = tuple(seat for seat in self._taken.values() if chosen(seat))
            for seat in over:
                del self._taken[seat.id]
                self._opened.pop(seat.id, None)
            self._empty_drawers(over)
        return over

    def end_of(self, officer: OfficerId) -> tuple[Seat, ...]:
        """Take away every seat of one officer."""
        return self.end(lambda seat: seat.officer == officer)

    def sweep(self) -> tuple[Seat, ...]:
        """Put down every idle key; give back the seats whose time is over, which are taken away."""
        over = self.end(lambda seat: self._tick() - seat.began_s >= END_S)
        drawers.sweep()
        with self._lock:
            for seat in tuple(self._taken.values()):
                self._kept(seat)
        return over

    def clear(self) -> None:
        with self._lock:
            self._empty_drawers(tuple(self._taken.values()), all_of_them=True)
            self._taken.clear()
            self._opened.clear()

    def _empty_drawers(self, over: tuple[Seat, ...], *, all_of_them: bool = False) -> None:
        """Of whoever has no other seat."""
        sitting = set() if all_of_them else {seat.officer for seat in self._taken.values()}
        for officer in {seat.officer for seat in over} - sitting:
            drawers.empty(officer)

    def _kept(self, seat: Seat) -> Seat:
        if seat.half is not None and self._tick() - seat.acted_s >= IDLE_S:
            self._taken[seat.id] = seat = replace(seat, half=None)
            self._opened.pop(seat.id, None)
        return seat


seats: Final = Seats()
