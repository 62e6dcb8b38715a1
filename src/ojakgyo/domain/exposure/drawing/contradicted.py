"""Arrivals that an authenticated contact contradicts: who reported safely at noon was not reached in the morning.

Leaving one arrival out delays those behind it, and may so make another arrival credible again. The answer is therefore
closed in from both sides: with too few links left out all times are too early, with too many too late, in turn, until
nothing changes.
"""

from dataclasses import dataclass

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Truths, Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Routes:
    """The reached pairs of a cascade and the links among them.

    Parameters
    ----------
    start : float64 [pairs], hours; a seed's own taking, else ``inf``.
    origin, goal : int64 [links], places among the pairs.
    delay : float64 [links], hours.
    clear, safe : float64 [pairs], hours; a link brings nothing earlier than the one, nothing later than the other.
    """

    start: Floats
    origin: Whole
    goal: Whole
    delay: Floats
    clear: Floats
    safe: Floats
    horizon: float

    def credible(self, hours: Floats) -> Truths:
        """Which links bring something that is not contradicted, if their origins were reached at these hours."""
        return hours[self.origin] + self.delay >= self.clear[self.goal]

    def times(self, kept: Truths) -> Floats:
        """Earliest hours over the kept links. Only links out of whatever has become earlier are tried again."""
        origin, goal, delay = self.origin[kept], self.goal[kept], self.delay[kept]
        hours = self.start.copy()
        moved = np.isfinite(hours)
        while moved.any():
            tried = np.flatnonzero(moved[origin])
            arrival, goals = hours[origin[tried]] + delay[tried], goal[tried]
            better = (arrival <= self.horizon) & (arrival <= self.safe[goals]) & (arrival < hours[goals])
            np.minimum.at(hours, goals[better], arrival[better])
            moved[:] = False
            moved[goals[better]] = True
        return hours

    def seeds(self, hours: Floats, own: Whole) -> Whole:
        """From which seed each pair was reached at these hours, the first in order where several brought it at once.

        own : int64 [pairs], each seed's own number where `start` is finite.
        """
        none = np.iinfo(np.int64).max
        found = np.where(self.start == hours, own, none)
        arrival = hours[self.origin] + self.delay
        tight = (arrival == hours[self.goal]) & np.isfinite(arrival) & self.credible(hours)
        tight &= arrival <= self.safe[self.goal]
        origin, goal = self.origin[tight], self.goal[tight]
        while (found[origin] < found[goal]).any():
            np.minimum.at(found, goal, found[origin])
        return found


def settled(routes: Routes, earliest: Floats) -> Floats:
    """Hours of every pair, ``inf`` = never. `earliest`: the times when nothing is contradicted."""
    if routes.credible(earliest).all():
        return earliest
    early = earliest
    while True:
        late = routes.times(routes.credible(early))
        closer = routes.times(routes.credible(late))
        if np.array_equal(closer, early):
            return early
        early = closer
