"""Arrivals: when the danger reached each node in each draw, kept as events."""

from dataclasses import dataclass

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Places, Short, Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrivals:
    """Events sorted by node, then draw; what is not listed never happened within the horizon.

    Parameters
    ----------
    nodes : int64 [n], ids as in the network.
    draws : how many worlds were drawn.
    horizon : hours from t0 up to which arrivals are kept.
    places : int32 [k], places in `nodes` of those reached in any draw, rising.
    starts : int64 [k + 1]; the events of places[i] are starts[i] : starts[i + 1].
    draw : int32 [events], in [0, draws).
    time : float64 [events], hours from t0. At a seed: when it was taken.
    seed : uint16 [events], the seed from which it came, as they were given; of those that came at once the first.
    """

    nodes: Whole
    draws: int
    horizon: float
    places: Places
    starts: Whole
    draw: Places
    time: Floats
    seed: Short

    def __post_init__(self) -> None:
        for array in (self.nodes, self.places, self.starts, self.draw, self.time, self.seed):
            array.setflags(write=False)

    @property
    def counts(self) -> Whole:
        """int64 [k]: in how many draws each of `places` is reached."""
        return np.diff(self.starts)

    def events(self, node: int) -> slice:
        """Where the events of this id stand; an unknown id: ``ValueError``."""
        place = int(np.searchsorted(self.nodes, node))
        if place == self.nodes.size or self.nodes[place] != node:
            raise ValueError(f"no such node: {node}")
        first, last = np.searchsorted(self.places, (place, place + 1))
        return slice(int(self.starts[first]), int(self.starts[last]))

    def hours(self, node: int) -> Floats:
        """float64 [draws], hours from t0, ``inf`` = never."""
        own = self.events(node)
        found = np.full(self.draws, np.inf)
        found[self.draw[own]] = self.time[own]
        return found

    def probability_by(self, hours: float) -> Floats:
        """float64 [n]: the chance that each node is reached by then."""
        place = np.repeat(self.places, self.counts)
        return np.bincount(place[self.time <= hours], minlength=self.nodes.size) / self.draws
