"""The cascade: from those who may be taken, along links that may endanger, each after its delay; many worlds at once.

Only pairs of (draw, node) that are reached are looked at. In each draw a link endangers or not, with one delay, so the
arrival at a node is a shortest path; times are corrected until none is improved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.domain.exposure import luck
from ojakgyo.domain.exposure.arrays import Bits, Floats, Small, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.contradicted import Routes, settled
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed

_LINKS: Final = 1
_TAKEN: Final = 2
_DRAWS: Final = 3
_BLOCK_PAIRS: Final = 1 << 21
"""Pairs held at once: 16 MiB of times."""


def cascade(
    network: Network,
    seeds: Sequence[Seed],
    *,
    draws: int,
    horizon: float,
    key: int,
    clear_until: Floats | None = None,
) -> Arrivals:
    """When the danger reaches whom, in `draws` worlds, up to `horizon` hours from t0.

    Parameters
    ----------
    key : the same key, ids and probabilities give the same worlds, in whatever order nodes and links are given.
    clear_until : float64 [n], hours from t0, of each node's last authenticated contact, ``-inf`` = none. What a link
        would have brought there earlier is contradicted and left out; a seed's own law of when knows it already.
    """
    if draws < 1:
        raise ValueError("a cascade needs a draw")
    if len({seed.node for seed in seeds}) != len(seeds):
        raise ValueError("a node is seeded twice")
    world = _World.of(network, seeds, horizon=horizon, key=key, clear_until=clear_until)
    step = max(1, _BLOCK_PAIRS // world.width)
    times = np.full(min(step, draws) * world.width, np.inf)
    blocks = [world.block(np.arange(first, min(first + step, draws)), times) for first in range(0, draws, step)]
    node, draw, time = (np.concatenate(column) for column in zip(*blocks, strict=True))
    order = np.argsort(node, kind="stable")
    return Arrivals(
        nodes=network.nodes,
        draws=draws,
        horizon=horizon,
        starts=np.searchsorted(node[order], np.arange(network.nodes.size + 1)).astype(np.int64),
        draw=draw[order].astype(np.int32),
        time=time[order],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Live:
    """Links that endanger, each in one draw. Pairs are draw * n + place."""

    origin: Whole
    goal: Whole
    delay: Floats

    def __add__(self, other: "_Live") -> "_Live":
        return _Live(
            np.concatenate((self.origin, other.origin)),
            np.concatenate((self.goal, other.goal)),
            np.concatenate((self.delay, other.delay)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _World:
    """What all draws share."""

    network: Network
    seeds: Sequence[Seed]
    seed_places: Whole
    seed_luck: Bits
    link_luck: Bits
    horizon: float
    key: int
    clear_until: Floats | None

    @property
    def width(self) -> int:
        """Pairs of one draw: at least one, so that an empty network divides nothing by zero."""
        return max(1, self.network.nodes.size)

    @classmethod
    def of(
        cls, network: Network, seeds: Sequence[Seed], *, horizon: float, key: int, clear_until: Floats | None
    ) -> "_World":
        nodes = np.array([seed.node for seed in seeds], dtype=np.int64)
        return cls(
            network=network,
            seeds=seeds,
            seed_places=network.places(nodes),
            seed_luck=luck.base(key, _TAKEN, nodes),
            link_luck=luck.base(key, _LINKS, network.links, network.nodes[network.target]),
            horizon=horizon,
            key=key,
            clear_until=clear_until,
        )

    def block(self, draws: Whole, times: Floats) -> tuple[Whole, Whole, Floats]:
        """Place, draw and hour of each arrival in these draws. `times` is scratch: all ``inf``, and so again after."""
        own = luck.base(self.key, _DRAWS, draws)
        seeded, taken = self._taken(own)
        reached, live = self._spread(own, seeded, taken, times)
        hours = times[reached]
        times[reached] = np.inf
        if self.clear_until is not None:
            clear = self.clear_until[reached % self.width]
            reached, hours = _uncontradicted(reached, hours, live, _at(reached, seeded, taken), clear, self.horizon)
        row, place = np.divmod(reached, self.width)
        return place, draws[row], hours

    def _taken(self, own: Bits) -> tuple[Whole, Floats]:
        """The seeds' pairs that are taken within the horizon, and when."""
        pairs, hours = [np.empty(0, np.int64)], [np.empty(0)]
        for seed, place, bits in zip(self.seeds, self.seed_places, self.seed_luck, strict=True):
            drawn = luck.stirred(own + bits)
            taken = np.flatnonzero(luck.uniforms(drawn) < seed.probability)
            when = seed.when(luck.uniforms(luck.next_of(drawn[taken])))
            pairs.append((taken * self.width + place)[when <= self.horizon])
            hours.append(when[when <= self.horizon])
        return np.concatenate(pairs), np.concatenate(hours)

    def _spread(self, own: Bits, seeded: Whole, taken: Floats, times: Floats) -> tuple[Whole, _Live]:
        """Fill `times` of every pair reached; answer those pairs, rising, and the links that endanger from them."""
        times[seeded] = taken
        moved = np.zeros(times.size, dtype=np.bool_)
        moved[seeded] = True
        fresh, reached = seeded, [seeded]
        longest = self.horizon - taken.min(initial=self.horizon)
        live = self._live(own, fresh, longest)
        while True:
            tried = np.flatnonzero(moved[live.origin])
            moved[live.origin[tried]] = False
            arrival, goals = times[live.origin[tried]] + live.delay[tried], live.goal[tried]
            better = (arrival <= self.horizon) & (arrival < times[goals])
            if not better.any():
                return np.sort(np.concatenate(reached)), live
            arrival, goals = arrival[better], goals[better]
            fresh = np.unique(goals[np.isinf(times[goals])])
            np.minimum.at(times, goals, arrival)
            moved[goals] = True
            reached.append(fresh)
            live = live + self._live(own, fresh, longest)

    def _live(self, own: Bits, pairs: Whole, longest: float) -> _Live:
        """The links that endanger within `longest` hours, out of all links from these pairs."""
        network = self.network
        row, place = np.divmod(pairs, self.width)
        first, degree = network.starts[place], np.diff(network.starts)[place]
        past = np.cumsum(degree)
        link = np.arange(past[-1] if past.size else 0) + np.repeat(first - past + degree, degree)
        bits = luck.stirred(self.link_luck[link] + np.repeat(own[row], degree))
        kept = np.flatnonzero(luck.uniforms(bits) < network.probability[link])
        origin, link = np.repeat(pairs, degree)[kept], link[kept]
        delay = self._delays(network.law[link], luck.uniforms(luck.next_of(bits[kept])))
        goal = origin - origin % self.width + network.target[link]
        soon = delay <= longest
        return _Live(origin[soon], goal[soon], delay[soon])

    def _delays(self, law: Small, uniforms: Floats) -> Floats:
        delay = np.empty_like(uniforms)
        for place in np.unique(law):
            own = law == place
            delay[own] = self.network.laws[place].draw(uniforms[own])
        return delay


def _at(reached: Whole, seeded: Whole, taken: Floats) -> Floats:
    """The seeds' own hours, in the order of the reached pairs; ``inf`` for all others."""
    start = np.full(reached.size, np.inf)
    start[np.searchsorted(reached, seeded)] = taken
    return start


def _uncontradicted(
    reached: Whole, hours: Floats, live: _Live, start: Floats, clear: Floats, horizon: float
) -> tuple[Whole, Floats]:
    """The pairs and hours that are left when no link brings anything before the last authenticated contact."""
    goal = np.searchsorted(reached, live.goal)
    known = goal < reached.size
    known[known] = reached[goal[known]] == live.goal[known]
    routes = Routes(
        start=start,
        origin=np.searchsorted(reached, live.origin[known]),
        goal=goal[known],
        delay=live.delay[known],
        clear=clear,
        horizon=horizon,
    )
    left = settled(routes, hours)
    return reached[np.isfinite(left)], left[np.isfinite(left)]
