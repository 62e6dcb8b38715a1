"""The cascade without a compiler: many draws at once, in arrays, with the luck and the answers of `kernels`, to the bit.

A pair is (draw, node), numbered draw * n + place. Only pairs that are reached are held: in the order in which they were
found, with a sorted view to find them again.
"""

from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from ojakgyo.domain.exposure.arrays import Bits, Floats, Places, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.drawing import luck, quantiles
from ojakgyo.domain.exposure.drawing.contradicted import Routes, settled
from ojakgyo.domain.exposure.drawing.engines import Engine
from ojakgyo.domain.exposure.drawing.rows import limits
from ojakgyo.domain.exposure.network import Network

_EXACT_STEPS: Final = 2.0**21
_MOST_IN_TABLE: Final = 1 << 23
_SLACK_HOURS: Final = 1e-6
"""More than sums of hours are rounded by: what is too late is decided by the sum alone."""
_MOST: Final = 1 << 18
_FORWARD: Final[WeakKeyDictionary[Network, "Table"]] = WeakKeyDictionary()
_REVERSE: Final[WeakKeyDictionary[Network, "Table"]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """What all draws share: the network in one direction, with the luck of its nodes and links."""

    starts: Whole
    goal: Places
    law: Whole
    limit: Bits
    tag: Bits
    node: Bits
    tables: Floats

    @classmethod
    def of(cls, network: Network, *, reverse: bool = False) -> "Table":
        order = np.argsort(network.target, kind="stable") if reverse else np.arange(network.links.size)
        owner, goal = (network.target, network.source) if reverse else (network.source, network.target)
        degree = np.bincount(owner, minlength=network.nodes.size)
        ends = network.nodes[network.source], network.nodes[network.target]
        return cls(
            starts=np.concatenate(([0], np.cumsum(degree))).astype(np.int64),
            goal=goal[order],
            law=network.law[order].astype(np.int64),
            limit=limits(network.probability)[order],
            tag=luck.tags(network.links, *ends)[order],
            node=luck.of_nodes(network.nodes),
            tables=quantiles.tables(network.laws),
        )

    @property
    def width(self) -> int:
        """Pairs of one draw: at least one, so that an empty network divides nothing by zero."""
        return max(1, self.node.size)


def table(network: Network, *, reverse: bool = False) -> Table:
    """Made once for a network, and kept as long as it."""
    kept = _REVERSE if reverse else _FORWARD
    found = kept.get(network)
    if found is None:
        found = kept[network] = Table.of(network, reverse=reverse)
    return found


class _Pairs:
    """The pairs reached so far, each in its slot, with its hour. `size`: of all pairs there are.

    Where those are few, a table says where each stands; else they are sought in a sorted view.
    """

    def __init__(self, size: int) -> None:
        self.pair = np.empty(0, np.int64)
        self.hour = np.empty(0)
        self._table = np.full(size, -1, np.int32) if size <= _MOST_IN_TABLE else None
        self._sorted = np.empty(0, np.int64)
        self._slot = np.empty(0, np.int64)

    def slots(self, pairs: Whole) -> Whole:
        """Where these stand, -1 = nowhere yet."""
        if self._table is not None:
            return self._table[pairs].astype(np.int64)
        if not self._sorted.size:
            return np.full(pairs.shape, -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, pairs), self._sorted.size - 1)
        return np.where(self._sorted[at] == pairs, self._slot[at], -1)

    def add(self, fresh: Whole) -> Whole:
        """New pairs, rising, reached at no hour yet; answers their slots."""
        slots = np.arange(self.pair.size, self.pair.size + fresh.size)
        if self._table is not None:
            self._table[fresh] = slots
        else:
            at = np.searchsorted(self._sorted, fresh)
            self._sorted, self._slot = np.insert(self._sorted, at, fresh), np.insert(self._slot, at, slots)
        self.pair = np.concatenate((self.pair, fresh))
        self.hour = np.concatenate((self.hour, np.full(fresh.size, np.inf)))
        return slots


@dataclass(frozen=True, slots=True, eq=False)
class _Live:
    """Links that endanger, each in one draw: from a slot, to a pair, after hours."""

    origin: Whole
    goal: Whole
    delay: Floats

    def __add__(self, other: "_Live") -> "_Live":
        return _Live(
            np.concatenate((self.origin, other.origin)),
            np.concatenate((self.goal, other.goal)),
            np.concatenate((self.delay, other.delay)),
        )


def spread(
    table: Table,
    *,
    seeds: Whole,
    taken: Floats,
    draws: Bits,
    horizon: float,
    safe_from: Floats | None = None,
    clear_until: Floats | None = None,
) -> tuple[Whole, Whole, Floats, Whole]:
    """Place, row of `draws`, hour and seed of each arrival, by place, then draw. Parameters as of `kernels.spread`."""
    pairs = _Pairs(draws.size * table.width)
    row, seed = np.nonzero(taken <= horizon)
    start = row * table.width + seeds[seed]
    order = np.argsort(start)
    pairs.add(start[order])
    pairs.hour[:] = own = taken[row, seed][order]
    live = _reach(table, pairs, draws, horizon, safe_from)
    hours = pairs.hour
    first = np.full(hours.size, np.inf)
    first[: own.size] = own
    goal = pairs.slots(live.goal)
    known = goal >= 0
    routes = Routes(
        start=first,
        origin=live.origin[known],
        goal=goal[known],
        delay=live.delay[known],
        clear=_of_pairs(clear_until, pairs.pair, table.width, -np.inf),
        safe=_of_pairs(safe_from, pairs.pair, table.width, np.inf),
        horizon=horizon,
    )
    if clear_until is not None:
        hours = settled(routes, hours)
    seeded = routes.seeds(hours, np.concatenate((seed[order], np.zeros(hours.size - own.size, np.int64))))
    left = np.flatnonzero(np.isfinite(hours))
    draw, place = np.divmod(pairs.pair[left], table.width)
    by = np.lexsort((draw, place))
    return place[by], draw[by], hours[left][by], seeded[left][by]


def reached(table: Table, roots: Whole, draws: Bits, horizon: float) -> Whole:
    """Places reached from each root in its own draw, itself among them."""
    pairs = _Pairs(draws.size * table.width)
    pairs.add(np.arange(roots.size) * table.width + roots)
    pairs.hour[:] = 0.0
    _reach(table, pairs, draws, horizon, None)
    return pairs.pair % table.width


def _of_pairs(given: Floats | None, pairs: Whole, width: int, none: float) -> Floats:
    return np.full(pairs.size, none) if given is None else given[pairs % width]


def _reach(table: Table, pairs: _Pairs, draws: Bits, horizon: float, safe_from: Floats | None) -> _Live:
    """Find every pair that is reached and its earliest hour; answer the links that endanger from them."""
    longest = horizon - pairs.hour.min(initial=horizon) + _SLACK_HOURS
    fresh = np.arange(pairs.pair.size)
    live = _live(table, pairs, fresh, draws, longest)
    moved = np.ones(pairs.pair.size, dtype=np.bool_)
    while True:
        tried = np.flatnonzero(moved[live.origin])
        arrival, goals = pairs.hour[live.origin[tried]] + live.delay[tried], live.goal[tried]
        soon = arrival <= horizon
        if safe_from is not None:
            soon &= arrival <= safe_from[goals % table.width]
        arrival, goals = arrival[soon], goals[soon]
        slots = pairs.slots(goals)
        new = slots < 0
        fresh = pairs.add(np.unique(goals[new]))
        slots[new] = pairs.slots(goals[new])
        moved = np.zeros(pairs.pair.size, dtype=np.bool_)
        better = arrival < pairs.hour[slots]
        if not better.any():
            return live
        np.minimum.at(pairs.hour, slots[better], arrival[better])
        moved[slots[better]] = True
        live = live + _live(table, pairs, fresh, draws, longest)


def _live(table: Table, pairs: _Pairs, slots: Whole, draws: Bits, longest: float) -> _Live:
    """The links that endanger within `longest` hours, out of all links from these pairs."""
    row, place = np.divmod(pairs.pair[slots], table.width)
    degree = np.diff(table.starts)[place]
    past = np.cumsum(degree)
    link = np.arange(past[-1] if past.size else 0) + np.repeat(table.starts[place] - past + degree, degree)
    kept, delay = endangering(table, link, np.repeat(luck.of_rows(table.node[place], draws[row]), degree))
    goal = np.repeat(pairs.pair[slots] - place, degree)[kept] + table.goal[link[kept]]
    soon = delay <= longest
    return _Live(np.repeat(slots, degree)[kept][soon], goal[soon], delay[soon])


def endangering(table: Table, links: Whole, rows: Bits) -> tuple[Whole, Floats]:
    """Which of these links endanger, each in a draw of its own (`rows`: the luck of its row there), and after which hours."""
    bits = luck.of_links(rows, table.tag[links])
    kept = np.flatnonzero(bits >> np.uint64(32) < table.limit[links])
    links, bits = links[kept], bits[kept]
    shares = (bits >> np.uint64(11)).astype(np.float64) / (table.limit[links].astype(np.float64) * _EXACT_STEPS)
    return kept, quantiles.delays(table.tables, table.law[links], shares)


class PlainRun:
    """A cascade in arrays."""

    def __init__(
        self, network: Network, seeds: Whole, horizon: float, safe_from: Floats | None, clear_until: Floats | None
    ) -> None:
        self._network, self._table, self._seeds = network, table(network), seeds
        self._horizon, self._safe, self._clear = horizon, safe_from, clear_until
        self._batches = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))]
        self._drawn = 0

    def add(self, taken: Floats, draws: Bits) -> int:
        place, draw, time, seed = spread(
            self._table,
            seeds=self._seeds,
            taken=taken,
            draws=draws,
            horizon=self._horizon,
            safe_from=self._safe,
            clear_until=self._clear,
        )
        self._batches.append((place, draw + self._drawn, time, seed))
        self._drawn += draws.size
        return place.size

    def arrivals(self, draws: int, horizon: float) -> Arrivals:
        place, draw, time, seed = (np.concatenate(column) for column in zip(*self._batches, strict=True))
        order = np.argsort(place, kind="stable")
        places, starts = np.unique(place[order], return_index=True)
        return Arrivals(
            nodes=self._network.nodes,
            draws=draws,
            horizon=horizon,
            places=places.astype(np.int32),
            starts=np.append(starts, place.size).astype(np.int64),
            draw=draw[order].astype(np.int32),
            time=time[order],
            seed=seed[order].astype(np.uint16),
        )


class PlainReach:
    """Counting in arrays."""

    def __init__(self, network: Network, horizon: float, *, reverse: bool) -> None:
        self._table, self._horizon = table(network, reverse=reverse), horizon
        self._counts = np.zeros(network.nodes.size, np.int64)

    def add(self, roots: Whole, draws: Bits) -> int:
        place = reached(self._table, roots, draws, self._horizon)
        self._counts += np.bincount(place, minlength=self._counts.size) - np.bincount(
            roots, minlength=self._counts.size
        )
        return place.size - roots.size

    def counts(self) -> Whole:
        return self._counts


PLAIN: Final = Engine("numpy", _MOST, PlainRun, PlainReach)
