"""Dominators: in each drawn world, who is reached only through whom.

Whoever is out of the danger's way in time takes those with them to whom it finds no other way. In one draw these are the
nodes below one in the dominator tree of the live links that arrive within the horizon. A way that would come later than
the horizon once somebody is gone is still counted as a way: without contacts, what is said to be saved is never too much for
one person told. With them it can be: where an authenticated contact contradicts an early arrival, a later one is credible
once the early one is gone. Plans are therefore drawn anew (`planning.outcome`).

Source: Lengauer and Tarjan 1979 for the tree; Cooper, Harvey and Kennedy 2001 for correcting one until nothing changes;
AdvancedGreedy, ICDE 2023, for its use. Here a spanning tree is corrected until every link leads from below the parent of
where it ends: such a tree is the dominator tree, and needs no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Places, Truths, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.drawing import engines, luck
from ojakgyo.domain.exposure.drawing.fallback import endangering, table
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed

_BLOCK: Final = 1 << 20
"""Links looked at at once."""
_NONE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trees:
    """The dominator trees of all draws, said of the events of `arrivals`.

    Parameters
    ----------
    first, last : int32 [events]; those reached only through an event, itself included, stand at first : last in the order
        of the trees.
    own : bool [events]; a seed that was taken itself in that draw. Nothing averts that.
    """

    arrivals: Arrivals
    first: Places
    last: Places
    own: Truths

    def __post_init__(self) -> None:
        for array in (self.first, self.last, self.own):
            array.setflags(write=False)

    def places(self) -> Places:
        """int32 [events]: the place in `arrivals.nodes` of each event."""
        return np.repeat(self.arrivals.places, self.arrivals.counts)

    def in_order(self, of_events: Whole) -> Whole:
        """What is said of each event, in the order of the trees."""
        ordered = np.empty_like(of_events)
        ordered[self.first] = of_events
        return ordered

    def below(self, heads: Whole) -> Whole:
        """int64 [events]: how many heads are reached only through each. `heads`: int64 [n], of each node: 1 for a person."""
        reached = np.concatenate(([0], np.cumsum(self.in_order(heads[self.places()]))))
        return np.asarray(reached[self.last] - reached[self.first], dtype=np.int64)

    def spread(self, events: Whole) -> tuple[Whole, Whole]:
        """Where all those below some events stand, in the order of the trees, and where those of each begin among them."""
        first = self.first[events].astype(np.int64)
        size = self.last[events] - first
        bounds = np.concatenate(([0], np.cumsum(size)))
        return np.repeat(first - bounds[:-1], size) + np.arange(bounds[-1]), bounds


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Links between events that endanger in their draw and arrive within the horizon."""

    origin: Whole
    goal: Whole


def dominators(
    network: Network,
    seeds: Sequence[Seed],
    arrivals: Arrivals,
    *,
    key: int,
    safe_from: Floats | None = None,
    engine: engines.Name | None = None,
) -> Trees:
    """The trees of the worlds in which `cascade` found these arrivals, from the same network, seeds, key and safety.

    `engine`: both find the same trees and may write the draws in another order. Arrivals of other worlds: ``ValueError``.
    """
    own = own_taking(network, seeds, arrivals, key=key)
    if engines.of(engine).name == "numba":
        from ojakgyo.domain.exposure.saving.dominating import intervals

        draws = luck.base(key, luck.DRAWS, _numbers(arrivals))
        first, last = intervals(network, arrivals, own, draws, safe_from)
        return Trees(arrivals=arrivals, first=first, last=last, own=own)
    return trees(arrivals, live_links(network, arrivals, key=key, safe_from=safe_from), own)


def _numbers(arrivals: Arrivals) -> Whole:
    return np.arange(arrivals.draws, dtype=np.int64)


def own_taking(network: Network, seeds: Sequence[Seed], arrivals: Arrivals, *, key: int) -> Truths:
    """Which events are of seeds that were taken themselves in that draw, whatever came to them first."""
    own = np.zeros(arrivals.time.size, dtype=np.bool_)
    for seed in seeds:
        network.places([seed.node])
        events = arrivals.events(seed.node)
        draws = luck.base(key, luck.DRAWS, arrivals.draw[events].astype(np.int64))
        drawn = luck.stirred(draws + luck.base(key, luck.TAKEN, np.array([seed.node], dtype=np.int64)))
        taken = luck.uniforms(drawn) < seed.probability
        own[events] = taken & (seed.when(luck.uniforms(luck.next_of(drawn))) <= arrivals.horizon)
    return own


def live_links(network: Network, arrivals: Arrivals, *, key: int, safe_from: Floats | None = None) -> Links:
    """Every link that can carry the danger on in some draw: read again with the luck it was drawn with."""
    draws = luck.base(key, luck.DRAWS, _numbers(arrivals))
    latest = np.full(network.nodes.size, arrivals.horizon)
    if safe_from is not None:
        latest = np.minimum(latest, safe_from)
    place = np.repeat(arrivals.places.astype(np.int64), arrivals.counts)
    events = place * arrivals.draws + arrivals.draw
    made = table(network)
    degree = np.diff(made.starts)[place]
    bounds = np.searchsorted(np.cumsum(degree), np.arange(_BLOCK, degree.sum() + _BLOCK, _BLOCK))
    origins, goals = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for begin, end in zip([0, *bounds[:-1].tolist()], [*bounds[:-1].tolist(), place.size], strict=True):
        own = degree[begin:end]
        origin = np.repeat(np.arange(begin, end), own)
        link = np.arange(origin.size) + np.repeat(made.starts[place[begin:end]] - np.cumsum(own) + own, own)
        rows = luck.of_rows(made.node[place[begin:end]], draws[arrivals.draw[begin:end]])
        kept, delay = endangering(made, link, np.repeat(rows, own))
        origin, link = origin[kept], link[kept]
        hour = arrivals.time[origin] + delay
        soon = np.flatnonzero(hour <= latest[network.target[link]])
        origin, wanted = origin[soon], network.target[link[soon]].astype(np.int64) * arrivals.draws
        wanted += arrivals.draw[origin]
        goal = np.minimum(np.searchsorted(events, wanted), max(0, events.size - 1))
        reached = events[goal] == wanted
        origins.append(origin[reached])
        goals.append(goal[reached])
    return Links(np.concatenate(origins), np.concatenate(goals))


def trees(arrivals: Arrivals, links: Links, own: Truths) -> Trees:
    """The dominator trees of these links. An event that no link leads to from an own taking: ``ValueError``."""
    parent = _dominators(links, own)
    first, last = _intervals(parent)
    return Trees(arrivals=arrivals, first=first, last=last, own=own)


def _dominators(links: Links, own: Truths) -> Whole:
    """The event just above each in its tree; the number of events stands for the root above all own takings."""
    goals = ~own[links.goal]
    origin, goal = links.origin[goals], links.goal[goals]
    parent, level = _spanned(origin, goal, own)
    number = np.empty(own.size + 1, dtype=np.int64)
    number[np.concatenate((np.lexsort((np.arange(own.size), level)), [own.size]))] = np.arange(1, own.size + 2)
    number[own.size] = 0
    event = np.argsort(number)
    up = np.zeros(own.size + 1, dtype=np.int64)
    up[number[:-1]] = number[parent]
    below, above = number[goal], number[origin]
    while True:
        meet = _meeting(up, up[below], above)
        wrong = np.flatnonzero(meet < up[below])
        if not wrong.size:
            break
        np.minimum.at(up, below[wrong], meet[wrong])
    return np.asarray(event[up[number[:-1]]], dtype=np.int64)


def _meeting(up: Whole, one: Whole, other: Whole) -> Whole:
    """The lowest event above or at both of each pair; whoever is above has the smaller number."""
    one, other = one.copy(), other.copy()
    apart = np.flatnonzero(one != other)
    while apart.size:
        high, low = np.minimum(one[apart], other[apart]), np.maximum(one[apart], other[apart])
        one[apart], other[apart] = high, up[low]
        apart = apart[one[apart] != other[apart]]
    return one


def _spanned(origin: Whole, goal: Whole, own: Truths) -> tuple[Whole, Whole]:
    """Some event that leads to each, and in how many steps from the root."""
    parent = np.full(own.size, _NONE, dtype=np.int64)
    level = np.zeros(own.size, dtype=np.int64)
    order = np.argsort(origin, kind="stable")
    origin, goal = origin[order], goal[order]
    starts = np.searchsorted(origin, np.arange(own.size + 1))
    fresh, depth = np.flatnonzero(own), 0
    parent[fresh] = own.size
    while fresh.size:
        depth += 1
        degree = starts[fresh + 1] - starts[fresh]
        past = np.cumsum(degree)
        tried = np.arange(past[-1]) + np.repeat(starts[fresh] - past + degree, degree)
        tried = tried[parent[goal[tried]] == _NONE]
        parent[goal[tried]] = origin[tried]
        fresh = np.unique(goal[tried])
        level[fresh] = depth
    if (parent == _NONE).any():
        raise ValueError("something is reached over no link: these arrivals are of other worlds")
    return parent, level


def _intervals(parent: Whole) -> tuple[Places, Places]:
    """Where each event and those below it stand when every tree is written in order."""
    size = parent.size
    level = np.zeros(size + 1, dtype=np.int64)
    above = parent.copy()
    while (above != size).any():
        level[:-1] += above != size
        above = np.where(above == size, size, np.append(parent, size)[above])
    by_level = np.argsort(level[:-1], kind="stable")
    bounds = np.searchsorted(level[by_level], np.arange(level.max(initial=0) + 2))
    steps = [by_level[begin:end] for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    span = np.ones(size + 1, dtype=np.int64)
    for step in reversed(steps):
        np.add.at(span, parent[step], span[step])
    first = np.zeros(size + 1, dtype=np.int64)
    first[size] = -1
    for step in steps:
        step = step[np.argsort(parent[step], kind="stable")]
        before = np.cumsum(span[step]) - span[step]
        fresh = np.concatenate(([True], parent[step][1:] != parent[step][:-1]))[: step.size]
        since = before[fresh][np.cumsum(fresh) - 1] if step.size else before
        first[step] = first[parent[step]] + 1 + before - since
    return first[:-1].astype(np.int32), (first + span)[:-1].astype(np.int32)
