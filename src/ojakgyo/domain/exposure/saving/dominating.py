"""Dominator trees compiled: one draw after the other, in one pass over the rows of whoever is reached in it.

`dominators` gives the same trees without a compiler; only the order of the draws in them is another.
"""

import numpy as np

from ojakgyo.domain.exposure.arrays import Bits, Floats, Places, Truths
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.drawing.compiled import workbench
from ojakgyo.domain.exposure.drawing.kernels import compiled, delay, drawn, stirred
from ojakgyo.domain.exposure.drawing.rows import GOAL_BITS, LAYOUT
from ojakgyo.domain.exposure.network import Network

assert (LAYOUT, GOAL_BITS) == (1, 26), "dominating: made for another layout"

_PLACE = np.uint32((1 << GOAL_BITS) - 1)
_UPPER, _ONE = np.uint64(32), np.uint64(1)


def intervals(
    network: Network, arrivals: Arrivals, own: Truths, draws: Bits, safe_from: Floats | None
) -> tuple[Places, Places]:
    """`first` and `last` of `Trees`. Arrivals of other worlds: ``ValueError``."""
    made = workbench(network).rows
    found = arrivals.places, arrivals.starts, arrivals.draw, arrivals.time
    first, last = np.empty(arrivals.time.size, np.int32), np.empty(arrivals.time.size, np.int32)
    safe = np.empty(0) if safe_from is None else np.ascontiguousarray(safe_from, dtype=np.float64)
    before = made.nodes, made.links, made.tables, *found, own, draws, arrivals.horizon, safe
    if dominate(*before, first, last):
        raise ValueError("something is reached over no link: these arrivals are of other worlds")
    return first, last


@compiled
def dominate(nodes, links, tables, place_of, starts, draw, time, own, draws, horizon, safe_from, first, last):
    """Fill `first` and `last` of every event, as in `Trees`; answer how many events no link leads to.

    Parameters
    ----------
    nodes, links, tables : of a `Rows`, forward. place_of, starts, draw, time : of the arrivals. own : bool [events].
    draws : uint64 [draws], their luck. safe_from : float64 [n], hours; [0] = nobody is safe.
    """
    ends = np.zeros(draws.size + 1, dtype=np.int64)
    for event in range(draw.size):
        ends[draw[event] + 1] += 1
    widest = np.int64(1)
    for at in range(draws.size):
        widest = max(widest, ends[at + 1])
        ends[at + 1] += ends[at]
    fill = ends[:-1].copy()
    events, places = np.empty(draw.size, dtype=np.int32), np.empty(draw.size, dtype=np.uint32)
    for place in range(place_of.size):
        for event in range(starts[place], starts[place + 1]):
            at = fill[draw[event]]
            events[at], places[at] = event, place_of[place]
            fill[draw[event]] = at + 1
    seen, here = np.full(nodes.size, -1, dtype=np.int32), np.empty(nodes.size, dtype=np.int32)
    number, at_number = np.empty(widest, dtype=np.int32), np.empty(widest + 1, dtype=np.int32)
    up, span, free = (
        np.empty(widest + 1, dtype=np.int32),
        np.empty(widest + 1, dtype=np.int32),
        np.empty(widest + 1, np.int32),
    )
    origin, goal = np.empty(1 << 12, dtype=np.int32), np.empty(1 << 12, dtype=np.int32)
    missing = 0
    for each in range(draws.size):
        begin, width = ends[each], ends[each + 1] - ends[each]
        count, found = 0, 0
        for at in range(width):
            seen[places[begin + at]], here[places[begin + at]], number[at] = each, at, 0
            if own[events[begin + at]]:
                count += 1
                number[at], at_number[count], up[count] = count, at, 0
        head = 0
        while head < count:
            head += 1
            at = begin + at_number[head]
            node, hour = nodes[np.uint64(places[at])], time[events[at]]
            luck = stirred(node.luck + draws[each])
            row = np.uint64(node.begin)
            for place in range(row, row + np.uint64(node.degree)):
                link = links[place]
                bits = drawn(luck, link)
                if bits >> _UPPER > np.uint64(link.chance):
                    continue
                other = np.uint64(link.goal & _PLACE)
                if seen[other] != each:
                    continue
                arrival = hour + delay(tables, link, bits)
                if arrival > horizon or (safe_from.size and arrival > safe_from[other]):
                    continue
                to = here[other]
                if number[to] == 0:
                    count += 1
                    number[to], at_number[count], up[count] = count, to, head
                if up[number[to]] != 0:
                    if found == origin.size:
                        origin, goal = _wider(origin), _wider(goal)
                    origin[found], goal[found] = head, number[to]
                    found += 1
        missing += width - count
        moved = True
        while moved:
            moved = False
            for at in range(found):
                one, other = up[goal[at]], origin[at]
                while one != other:
                    if one > other:
                        one = up[one]
                    else:
                        other = up[other]
                if one != up[goal[at]]:
                    up[goal[at]] = one
                    moved = True
        for at in range(count + 1):
            span[at] = 1
        for at in range(count, 0, -1):
            span[up[at]] += span[at]
        free[0] = begin
        for at in range(1, count + 1):
            event, stands = events[begin + at_number[at]], free[up[at]]
            free[up[at]] = stands + span[at]
            free[at] = stands + 1
            first[event], last[event] = stands, stands + span[at]
    return missing


@compiled
def _wider(array):
    wider = np.empty(array.size * 2, dtype=array.dtype)
    wider[: array.size] = array
    return wider


@compiled
def below(events, first, last, left, found):
    """`Saved.below`."""
    for at in range(events.size):
        heads = np.int64(0)
        for place in range(first[events[at]], last[events[at]]):
            heads += left[place]
        found[at] = heads


@compiled
def offers(events, time, first, last, left, safe, price, draws, net, best):
    """`Saved.offers`."""
    ways, slots = safe.shape
    found = np.zeros((ways, slots), dtype=np.int64)
    for at in range(events.size):
        heads, hour = np.int64(0), time[events[at]]
        for place in range(first[events[at]], last[events[at]]):
            heads += left[place]
        if heads:
            for way in range(ways):
                for slot in range(slots):
                    found[way, slot] += heads * (hour > safe[way, slot])
    for way in range(ways):
        for slot in range(slots):
            offer = found[way, slot] / draws - price[way]
            if safe[way, slot] < np.inf and offer > net[slot]:
                net[slot], best[slot] = offer, way


@compiled
def change(events, time, first, last, left, ordered, by, safe, change):
    """Those below these events are saved by one more, or by one fewer, from `safe` on."""
    for at in range(events.size):
        event = events[at]
        if time[event] > safe:
            for place in range(first[event], last[event]):
                by[place] += change
                left[place] = 0 if by[place] > 0 else ordered[place]
