"""The blast radius: how many others are reached within some hours if somebody is taken now.

Of one node it is counted forward, draw after draw. Of all nodes it is counted backward: every node in turn is the end,
and whoever would endanger it in a draw has reached one more. With R such draws for each node, a radius I (the person
included) is the sum of independent counts whose variance is at most I / R: no radius is far off, and the error is known.
"""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.around import around
from ojakgyo.domain.exposure.arrays import Bits, Floats, Whole
from ojakgyo.domain.exposure.cascade import Progress
from ojakgyo.domain.exposure.drawing import engines, luck
from ojakgyo.domain.exposure.estimates import estimate
from ojakgyo.domain.exposure.network import Network

_FIRST_ROOTS: Final = 1 << 10


def blast_radius(
    network: Network,
    nodes: Sequence[int],
    *,
    draws: int,
    horizon: float,
    key: int,
    engine: engines.Name | None = None,
    progress: Progress | None = None,
) -> tuple[Floats, Floats]:
    """Of each of these nodes (ids): how many others are reached, and the standard error of that; float64 [k] each.

    The draws of one key are the same worlds for all of them.
    """
    people = network.nodes.tolist()
    found = [
        estimate(
            around(
                network, node, people=people, draws=draws, horizon=horizon, key=key, engine=engine, progress=progress
            ).reached(horizon)
        )
        for node in nodes
    ]
    return np.array([each.mean for each in found]), np.array([each.error for each in found])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Radii:
    """The blast radius of every node.

    Parameters
    ----------
    mean : float64 [n], how many others are reached.
    error : float64 [n], its standard error, from the count; where none was counted, that of one.
    roots : draws for each node.
    """

    mean: Floats
    error: Floats
    roots: int

    @property
    def relative(self) -> float:
        """Standard error over radius, the person included, as a root mean square over all nodes."""
        return float(np.sqrt(np.mean((self.error / (1.0 + self.mean)) ** 2))) if self.mean.size else 0.0


def blast_radii(
    network: Network,
    *,
    horizon: float,
    key: int,
    error: float = 0.1,
    threads: int = 1,
    engine: engines.Name | None = None,
    progress: Progress | None = None,
) -> Radii:
    """Everybody's blast radius within `horizon` hours.

    `error`: of each radius, the person included, at most that. sqrt(I / R) / (1 + I) is nowhere above 1 / (2 sqrt(R)), so
    the number of draws needs no look at the network. They are the same for any number of threads, and for any engine.
    """
    if not 0.0 < error <= 1.0:
        raise ValueError("a relative error lies above 0, and is at most 1")
    if not (np.isfinite(horizon) and horizon >= 0.0):
        raise ValueError("a blast radius needs hours that end")
    if threads < 1:
        raise ValueError("a blast radius needs a thread")
    roots = ceil(1.0 / (2.0 * error) ** 2)
    counts = _counts(network, horizon, key, threads, engines.of(engine), progress, roots)
    return Radii(mean=counts / roots, error=np.sqrt(np.maximum(counts, 1)) / roots, roots=roots)


def _counts(
    network: Network,
    horizon: float,
    key: int,
    threads: int,
    engine: engines.Engine,
    progress: Progress | None,
    draws: int,
) -> Whole:
    """int64 [n]: how often each node reaches somebody else, in so many draws of every node."""
    portions = _Portions(network, key, draws, engine.most)
    free = [engine.reach(network, horizon, reverse=True) for _ in range(threads)]
    counts = [reach.counts for reach in free]
    busy: set[Future[tuple[engines.Reach, int]]] = set()
    with ThreadPoolExecutor(threads) as pool:
        while portions.left or busy:
            while portions.left and free:
                busy.add(pool.submit(_counted, free.pop(), *portions.next()))
            done, busy = wait(busy, return_when=FIRST_COMPLETED)
            for each in done:
                reach, found = each.result()
                free.append(reach)
                portions.found += found
            if progress is not None:
                progress(portions.done, portions.done + portions.left)
    return np.asarray(np.array([of() for of in counts]).sum(axis=0), dtype=np.int64)


def _counted(reach: engines.Reach, roots: Whole, draws: Bits) -> tuple[engines.Reach, int]:
    return reach, reach.add(roots, draws)


class _Portions:
    """Roots with the luck of their draws, a quarter of a second of work at a time."""

    def __init__(self, network: Network, key: int, draws: int, most: int) -> None:
        self._luck, self._key, self._most = luck.of_nodes(network.nodes), key, most
        self.done, self.left = 0, draws * network.nodes.size
        self.found = 0

    def next(self) -> tuple[Whole, Bits]:
        draw, low = divmod(self.done, self._luck.size)
        size = max(1, self._most * self.done // (self.found + self.done)) if self.found else _FIRST_ROOTS
        roots = np.arange(low, min(low + size, self._luck.size))
        self.done, self.left = self.done + roots.size, self.left - roots.size
        own = luck.base(self._key, luck.ROOTS, np.array([draw]))
        return roots, luck.of_rows(self._luck[roots], own)
