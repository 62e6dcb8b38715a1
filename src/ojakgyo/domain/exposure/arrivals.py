"""Arrivals: when the danger reached each node in each draw, kept as events."""

from dataclasses import dataclass

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Places, Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrivals:
    """Events sorted by node, then draw; what is not listed never happened within the horizon.

    Parameters
    ----------
    nodes : int64 [n], ids as in the network.
    draws : how many worlds were drawn.
    horizon : hours from t0 up to which arrivals are kept.
    starts : int64 [n + 1]; the events of node i are starts[i] : starts[i + 1].
    draw : int32 [events], in [0, draws).
    time : float64 [events], hours from t0. At a seed: when it was taken.
    """

    nodes: Whole
    draws: int
    horizon: float
    starts: Whole
    draw: Places
    time: Floats

    def __post_init__(self) -> None:
        for array in (self.nodes, self.starts, self.draw, self.time):
            array.setflags(write=False)

    def events(self, node: int) -> slice:
        """Where the events of this id stand; an unknown id: ``ValueError``."""
        place = int(np.searchsorted(self.nodes, node))
        if place == self.nodes.size or self.nodes[place] != node:
            raise ValueError(f"no such node: {node}")
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def hours(self, node: int) -> Floats:
        """float64 [draws], hours from t0, ``inf`` = never."""
        own = self.events(node)
        found = np.full(self.draws, np.inf)
        found[self.draw[own]] = self.time[own]
        return found

    def probability_by(self, hours: float) -> Floats:
        """float64 [n]: the chance that each node is reached by then."""
        place = np.repeat(np.arange(self.nodes.size), np.diff(self.starts))
        return np.bincount(place[self.time <= hours], minlength=self.nodes.size) / self.draws
