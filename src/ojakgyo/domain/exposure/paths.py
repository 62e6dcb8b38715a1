"""The strongest path: through whom, most likely, the danger would come to one person, and from which seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed

_STEP: Final = 1e-12
"""What every link costs besides: without it a walk over links that surely endanger could go in circles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """From a seed to the subject.

    Parameters
    ----------
    nodes : ids, seed first, subject last.
    links : ids, one fewer than nodes.
    chance : P(seed taken) times, for every link, its chance to endanger and to do so within the hours.
    shares : (seed id, share) by falling share, sums to 1: each seed's own strongest path against the others'.
    """

    nodes: tuple[int, ...]
    links: tuple[int, ...]
    chance: float
    shares: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """Every strongest path from some seeds: sought once, then each subject's is a short walk back.

    Parameters
    ----------
    places : int64 [seeds], where they stand in `network.nodes`.
    links : float64 [m], -log of each link's chance to endanger within the hours; ``inf`` = it cannot.
    costs : float64 [seeds, n], least cost from each seed to each node; ``inf`` = none leads there.
    """

    network: Network
    seeds: tuple[Seed, ...]
    places: Whole
    links: Floats
    costs: Floats

    @classmethod
    def of(cls, network: Network, seeds: Sequence[Seed], *, hours: float) -> "Paths":
        """`hours`: time each link has. A seed without a chance leads nowhere."""
        likely = tuple(seed for seed in seeds if seed.probability > 0.0)
        places = network.places([seed.node for seed in likely])
        links = _costs(network, hours)
        costs = np.full((len(likely), network.nodes.size), np.inf)
        for own, place in zip(costs, places, strict=True):
            _spread(network, links, own, int(place))
        return cls(network=network, seeds=likely, places=places, links=links, costs=costs)

    def to(self, subject: int) -> Path | None:
        """The path of the greatest chance, None where none leads there.

        It explains, it does not measure: the chance of being reached by any path is that of the cascade.
        """
        return next(iter(self.every(subject)), None)

    def every(self, subject: int) -> tuple[Path, ...]:
        """Each seed's strongest path, by falling chance; seeds from which none leads there are left out."""
        end = int(self.network.places([subject])[0])
        ranked, reach = self._ranked(end)
        return tuple(self._path(row, end, float(reach[row])) for row in ranked)

    def _path(self, row: int, end: int, chance: float) -> Path:
        links = self._walk(row, end)
        return Path(
            nodes=(self.seeds[row].node, *(int(self.network.nodes[self.network.target[link]]) for link in links)),
            links=tuple(int(self.network.links[link]) for link in links),
            chance=chance * exp(_STEP * len(links)),
            shares=self.shares(int(self.network.nodes[end])),
        )

    def shares(self, subject: int) -> tuple[tuple[int, float], ...]:
        """Seeds from which the danger may come to somebody, as in `Path`; without walking back."""
        ranked, reach = self._ranked(int(self.network.places([subject])[0]))
        total = fsum(reach)
        return tuple((self.seeds[row].node, float(reach[row]) / total) for row in ranked)

    def _ranked(self, end: int) -> tuple[list[int], Floats]:
        """Rows of the seeds that lead to a place, likeliest first, and the chance of each; nobody leads to oneself."""
        chances = np.array([seed.probability for seed in self.seeds]) * np.exp(-self.costs[:, end])
        chances[self.places == end] = 0.0
        rows = np.flatnonzero(chances > 0.0).tolist()
        return sorted(rows, key=lambda row: (-chances[row], self.seeds[row].node)), chances

    def _walk(self, row: int, end: int) -> list[int]:
        """Links from the seed to the end, sought backwards: into each node leads the one over which it cost least."""
        cost, start, walked = self.costs[row], int(self.places[row]), list[int]()
        while end != start:
            inward = np.flatnonzero(self.network.target == end)
            link = int(inward[np.argmin(cost[self.network.source[inward]] + self.links[inward])])
            walked.append(link)
            end = int(self.network.source[link])
        return walked[::-1]


def strongest(network: Network, seeds: Sequence[Seed], subject: int, *, hours: float) -> Path | None:
    """One subject's path. For many subjects of the same seeds: `Paths`."""
    return Paths.of(network, seeds, hours=hours).to(subject)


def _costs(network: Network, hours: float) -> Floats:
    within = np.array([law.within(hours) for law in network.laws])
    with np.errstate(divide="ignore"):
        return np.asarray(_STEP - np.log(network.probability * within[network.law]), dtype=np.float64)


def _spread(network: Network, links: Floats, cost: Floats, start: int) -> None:
    """Fill `cost` with the least from `start`: links out of whatever became cheaper are tried until nothing does."""
    cost[start] = 0.0
    moved = np.array([start])
    while moved.size:
        first, degree = network.starts[moved], np.diff(network.starts)[moved]
        past = np.cumsum(degree)
        tried = np.arange(past[-1]) + np.repeat(first - past + degree, degree)
        offered, goals = cost[network.source[tried]] + links[tried], network.target[tried]
        better = offered < cost[goals]
        np.minimum.at(cost, goals[better], offered[better])
        moved = np.unique(goals[better])
