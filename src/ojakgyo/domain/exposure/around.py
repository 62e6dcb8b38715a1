"""Around one person: whom the danger would reach, and by when, if that person were taken now.

It asks nothing about what is believed of anybody: the person is taken for certain, at hour 0, and nobody else is.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Truths
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import Progress, cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Around:
    """`others`: bool [n], which nodes are counted: people, without the one in the middle."""

    arrivals: Arrivals
    others: Truths

    def chances(self, hours: float) -> Floats:
        """float64 [n]: the chance that each node is reached by then."""
        return self.arrivals.probability_by(hours)

    def deadlines(self, risk: float) -> Floats:
        """float64 [n]: hours from now, ``inf`` = not within the horizon."""
        return deadlines(self.arrivals, risk)

    def reached(self, hours: float) -> Floats:
        """float64 [draws]: how many others each draw reaches by then."""
        arrivals = self.arrivals
        node = np.repeat(arrivals.places, arrivals.counts)
        counted = self.others[node] & (arrivals.time <= hours)
        return np.bincount(arrivals.draw[counted], minlength=arrivals.draws).astype(np.float64)


def around(
    network: Network,
    node: int,
    *,
    people: Collection[int],
    draws: int,
    horizon: float,
    key: int,
    engine: engines.Name | None = None,
    progress: Progress | None = None,
) -> Around:
    """`people`: ids of the nodes that are counted. An unknown `node`: ``ValueError``."""
    taken = [Seed(node=node, probability=1.0)]
    arrivals = cascade(network, taken, draws=draws, horizon=horizon, key=key, engine=engine, progress=progress)
    counted = np.isin(network.nodes, np.fromiter(people, np.int64, len(people)))
    return Around(arrivals=arrivals, others=counted & (network.nodes != node))
