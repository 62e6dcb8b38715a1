"""Small networks for the exposure tests, said as lists of links; and exact answers to hold the cascade to."""

from itertools import product
from math import exp, factorial, sqrt
from typing import NamedTuple

import numpy as np

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.laws import Exponential
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.seeds import Seed

HORIZON = 72.0
DAY = Exponential(24.0)


def network(links, nodes=None):
    """Links are (source, target, chance, law); ids count from 1000. Nodes: all that links name."""
    laws = list(dict.fromkeys(law for *_, law in links)) or [DAY]
    named = nodes or sorted({end for link in links for end in link[:2]})
    made, missing = network_of(
        named,
        source=[link[0] for link in links],
        target=[link[1] for link in links],
        probability=[link[2] for link in links],
        law=[laws.index(link[3]) for link in links],
        links=range(1000, 1000 + len(links)),
        laws=tuple(laws),
    )
    assert missing == []
    return made


def spread(links, seeds=(0,), draws=100_000, horizon=HORIZON, key=1, nodes=None, **more):
    taken = [seed if isinstance(seed, Seed) else Seed(node=seed, probability=1.0) for seed in seeds]
    return cascade(network(links, nodes), taken, draws=draws, horizon=horizon, key=key, **more)


def reached(arrivals, node, by=HORIZON):
    """Share of the draws in which this node is reached by then."""
    return float((arrivals.hours(node) <= by).mean())


def table(arrivals):
    """float64 [n, draws]: when each node was reached in each draw."""
    return np.array([arrivals.hours(int(node)) for node in arrivals.nodes]).reshape(arrivals.nodes.size, -1)


def erlang(stages, x):
    """P(sum of so many unit exponentials <= x)."""
    return 1.0 - exp(-x) * sum(x**k / factorial(k) for k in range(stages))


def agrees(found, exact, draws=100_000):
    """Within four standard errors; one draw more or less is not counted against something very rare."""
    doubt = max(0.0, exact * (1.0 - exact))
    return abs(found - exact) <= 4.0 * sqrt(doubt / draws) + (doubt > 1e-9) / draws + 1e-9


def surprise(counts, chances, least=8.0):
    """How unlikely so large a chi-square is, as a normal deviate. What is expected less than `least` times is one bin."""
    expected = np.asarray(chances, dtype=np.float64) * np.sum(counts)
    assert not np.asarray(counts)[expected < 1e-9 * np.sum(counts)].any(), "the impossible happened"
    rare = expected < least
    seen = np.append(np.asarray(counts, dtype=np.float64)[~rare], np.sum(np.asarray(counts)[rare]))
    due = np.append(expected[~rare], expected[rare].sum())
    seen, due = seen[due >= least], due[due >= least]
    if due.size < 2:
        return 0.0
    return normal_of(float(np.sum((seen - due) ** 2 / due)), due.size - 1)


def normal_of(chi_square, freedom):
    """A chi-square as a normal deviate (Wilson and Hilferty)."""
    return ((chi_square / freedom) ** (1.0 / 3.0) - (1.0 - 2.0 / (9.0 * freedom))) / sqrt(2.0 / (9.0 * freedom))


class Way(NamedTuple):
    """One way a link or a seed may go: its hours (``inf`` = it does not), and its chance."""

    hours: float
    chance: float


class Outcomes(NamedTuple):
    """Every world there can be: its chance, and when each node is reached in it (``inf`` = never)."""

    chance: np.ndarray
    hours: np.ndarray

    def by(self, hours):
        """float [n]: P(reached by then)."""
        return self.chance @ (self.hours <= hours)

    def groups(self):
        """float [2 ** n]: the chance of each set of nodes to be exactly those that are reached."""
        return np.bincount(together(self.hours), self.chance, minlength=1 << self.hours.shape[1])


def together(hours):
    """[worlds, n] -> which nodes are reached, as the bits of a number."""
    return np.isfinite(hours) @ (1 << np.arange(hours.shape[1]))


def enumerated(nodes, links, starts, *, horizon, clear=None):
    """All worlds of a small network, each settled on its own, the earliest node first.

    `links` are (source, target, [Way, ...]), `starts` (node, [Way, ...]); nodes are 0 .. nodes - 1. What a link would
    bring a node before the hour `clear` says never arrives.
    """
    ways = [each[-1] for each in (*links, *starts)]
    picked = np.array(list(product(*(range(len(way)) for way in ways))), dtype=np.int64).reshape(-1, len(ways))
    hours = [np.array([way.hours for way in own])[picked[:, place]] for place, own in enumerate(ways)]
    chance = np.prod([np.array([way.chance for way in own])[picked[:, at]] for at, own in enumerate(ways)], axis=0)
    start = np.full((len(picked), nodes), np.inf)
    for (node, _), when in zip(starts, hours[len(links) :], strict=True):
        start[:, node] = np.where(when <= horizon, when, np.inf)
    ends = [(source, target) for source, target, _ in links]
    found = settled(start, ends, hours[: len(links)], horizon, clear)
    return Outcomes(chance[chance > 0.0], found[chance > 0.0])


def settled(start, ends, delays, horizon, clear=None):
    """Dijkstra's walk through many worlds at once: float64 [worlds, n], ``inf`` = never.

    `start` [worlds, n]; `ends` (source, target) of each link and `delays` [worlds] of each.
    """
    hours, done = start.copy(), np.zeros(start.shape, dtype=bool)
    for _ in range(start.shape[1]):
        now = np.where(done, np.inf, hours).argmin(axis=1)
        done[np.arange(len(now)), now] = True
        for (source, target), delay in zip(ends, delays, strict=True):
            arrival = hours[:, source] + delay
            fits = (now == source) & ~done[:, target] & (arrival <= horizon)
            if clear is not None:
                fits &= arrival >= clear[target]
            hours[:, target] = np.where(fits, np.minimum(hours[:, target], arrival), hours[:, target])
    return hours


def patterns(arrivals):
    """int [2 ** n]: in how many draws exactly these nodes were reached."""
    return np.bincount(together(table(arrivals).T), minlength=1 << arrivals.nodes.size)
