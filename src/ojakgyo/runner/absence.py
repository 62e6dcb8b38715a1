"""Notices when the house was not there, and when the machine's clock is wrong; keeps until when it was.

Asked once a second by the loop, before anything that fell due is judged.
"""

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle import seen
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Absence
from ojakgyo.domain.leaps import AWAY_MS, LOST_MS, Look, leap
from ojakgyo.domain.values.instants import Instant

KEPT_EVERY_S: Final = 60.0


def machine(now: Instant) -> Look:
    """Where a system does not count the sleep of its machine, sleep looks like a clock that was set ahead."""
    awake = time.monotonic()
    lived = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else awake
    return Look(now, lived, awake)


class Watchman:
    """A practice world's clock is not the machine's: that world is never away, and nothing is kept of it."""

    def __init__(self, make_desk: Callable[[], Desk], *, look: Callable[[Instant], Look] = machine) -> None:
        self.make_desk, self._look = make_desk, look
        self._before: Look | None = None
        self._kept_s = 0.0
        self._lost = False

    def come_back(self) -> None:
        """The house was opened: for how long was it not?"""
        if settings.OJAK_DEMO:
            return
        desk, last = self.make_desk(), seen.last()
        self._before = self._look(desk.now)
        if last and desk.now - last > AWAY_MS:
            seen.note_away(desk, since=last, absence=Absence.CLOSED)
        self._keep(self._before)

    def has_leapt(self) -> bool:
        """Whether time has leapt since the last look: then the post comes first, and what fell due in between is late."""
        if settings.OJAK_DEMO:
            return False
        desk, before = self.make_desk(), self._before
        after = self._before = self._look(desk.now)
        self._mind_the_clock(desk)
        absence = None if before is None else leap(before, after)
        if before is not None and absence is not None:
            seen.note_away(desk, since=before.now, absence=absence)
        if absence is not None or after.awake_s - self._kept_s >= KEPT_EVERY_S:
            self._keep(after)
        return absence is not None

    def leave(self) -> None:
        """The house is closed, knowingly."""
        if not settings.OJAK_DEMO:
            self._keep(self._look(self.make_desk().now))

    def _keep(self, look: Look) -> None:
        seen.keep(look.now)
        self._kept_s = look.awake_s

    def _mind_the_clock(self, desk: Desk) -> None:
        """Written down once, each time it goes wrong."""
        lost_ms = settings.CLOCK.lost_ms
        if lost_ms > LOST_MS and not self._lost:
            seen.note_clock_lost(desk, lost_ms=lost_ms)
        self._lost = lost_ms > LOST_MS
