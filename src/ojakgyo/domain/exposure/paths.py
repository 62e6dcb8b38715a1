"""The strongest path: through whom, most likely, the danger would come to one person, and from which seed."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, inf

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed


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


def strongest(network: Network, seeds: Sequence[Seed], subject: int, *, hours: float) -> Path | None:
    """The path of the greatest chance, None where none leads there. `hours`: time each link has.

    It explains, it does not measure: the chance of being reached by any path is that of the cascade.
    """
    end = int(network.places([subject])[0])
    cost, step = _towards(network, end, _costs(network, hours))
    places = network.places([seed.node for seed in seeds])
    reach = {
        int(place): seed.probability * exp(-cost[int(place)])
        for seed, place in zip(seeds, places, strict=True)
        if int(place) in cost and int(place) != end and seed.probability > 0.0
    }
    if not reach:
        return None
    ranked = sorted(reach, key=lambda place: (-reach[place], place))
    walked = _walk(network, step, ranked[0], end)
    total = fsum(reach.values())
    return Path(
        nodes=tuple(int(network.nodes[place]) for place in walked),
        links=tuple(int(network.links[step[place]]) for place in walked[:-1]),
        chance=reach[ranked[0]],
        shares=tuple((int(network.nodes[place]), reach[place] / total) for place in ranked),
    )


def _costs(network: Network, hours: float) -> Floats:
    """-log of each link's chance to endanger within the hours; ``inf`` = it cannot."""
    within = np.array([law.within(hours) for law in network.laws])
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(network.probability * within[network.law]), dtype=np.float64)


def _towards(network: Network, end: int, costs: Floats) -> tuple[dict[int, float], dict[int, int]]:
    """Least cost from each place to `end`, and the link to take there (Dijkstra, against the links)."""
    inward = np.argsort(network.target, kind="stable")
    starts = np.searchsorted(network.target[inward], np.arange(network.nodes.size + 1))
    cost, step = {end: 0.0}, dict[int, int]()
    settled: set[int] = set()
    waiting = [(0.0, end)]
    while waiting:
        far, place = heapq.heappop(waiting)
        if place in settled:
            continue
        settled.add(place)
        for link in inward[starts[place] : starts[place + 1]].tolist():
            origin, reached = int(network.source[link]), far + float(costs[link])
            if reached < cost.get(origin, inf):
                cost[origin], step[origin] = reached, link
                heapq.heappush(waiting, (reached, origin))
    return cost, step


def _walk(network: Network, step: dict[int, int], first: int, end: int) -> list[int]:
    walked = [first]
    while walked[-1] != end:
        walked.append(int(network.target[step[walked[-1]]]))
    return walked
