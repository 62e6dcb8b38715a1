"""Who sits at the desk, in the memory of this process only: sealing, a restart and a power cut end every session.

A seat holds the server's half of a session; the browser's cookie holds the token that opens it. Idle time and the end
run on the monotonic clock, so a clock set forward or a practice world's jump ends nobody's session.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ojakgyo.domain.values.ids import OfficerId

IDLE_S: Final = 15 * 60.0
"""Without a person's act for so long, the keys are put down."""
END_S: Final = 12 * 3_600.0


@dataclass(frozen=True, slots=True)
class Seat:
    """`half` None: the keys have been put down."""

    id: bytes
    officer: OfficerId
    half: bytes | None
    began_s: float
    acted_s: float

    def __repr__(self) -> str:
        return f"<Seat {self.officer}>"


class Seats:
    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._taken: dict[bytes, Seat] = {}

    def take(self, id: bytes, *, officer: OfficerId, half: bytes) -> None:
        now = self._tick()
        with self._lock:
            self._taken[id] = Seat(id, officer, half, now, now)

    def find(self, id: bytes) -> Seat | None:
        """The seat, its keys put down if idle for too long; None once it has ended."""
        with self._lock:
            seat = self._taken.get(id)
            if seat is None or self._tick() - seat.began_s >= END_S:
                return None
            return self._kept(seat)

    def act(self, seat: Seat) -> None:
        """A person did something: idle time starts anew. Keys once put down stay down."""
        with self._lock:
            if (present := self._taken.get(seat.id)) is not None:
                self._taken[seat.id] = replace(self._kept(present), acted_s=self._tick())

    def put_down(self, id: bytes) -> None:
        """Forget the half that opens the keys; the seat stays, with the keyless board."""
        with self._lock:
            if (seat := self._taken.get(id)) is not None:
                self._taken[id] = replace(seat, half=None)

    def leave(self, id: bytes) -> Seat | None:
        with self._lock:
            return self._taken.pop(id, None)

    def sweep(self) -> tuple[Seat, ...]:
        """Put down every idle key; give back the seats whose time is over, which are taken away."""
        with self._lock:
            over = tuple(seat for seat in self._taken.values() if self._tick() - seat.began_s >= END_S)
            for seat in over:
                del self._taken[seat.id]
            for seat in tuple(self._taken.values()):
                self._kept(seat)
        return over

    def clear(self) -> None:
        with self._lock:
            self._taken.clear()

    def _kept(self, seat: Seat) -> Seat:
        if seat.half is not None and self._tick() - seat.acted_s >= IDLE_S:
            self._taken[seat.id] = seat = replace(seat, half=None)
        return seat


seats: Final = Seats()
