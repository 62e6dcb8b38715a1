"""The cascade compiled: one draw after the other, only the rows of nodes that are reached are read.

A node's time is corrected until none is improved, first in first out: where links are few and delays wide, that takes
hardly more than one visit a node, and no heap. Where an authenticated contact contradicts earlier arrivals the nodes must
be visited in the order of time, and a heap is kept. `fallback` gives the same answers without a compiler, to the bit.
"""

from typing import Any, Final

import numpy as np
from numba import njit

from ojakgyo.domain.exposure.drawing.prefetch import prefetch
from ojakgyo.domain.exposure.drawing.quantiles import FIRST, FRACTION, SHIFT, STEP
from ojakgyo.domain.exposure.drawing.rows import GOAL_BITS, LAYOUT

assert (LAYOUT, SHIFT, FIRST, GOAL_BITS) == (1, 46, 62912, 26), "kernels: made for another layout"

compiled: Final[Any] = njit(nogil=True, cache=True, boundscheck=False, error_model="numpy")

_PLACE: Final = np.uint32((1 << GOAL_BITS) - 1)
_LAW: Final = np.uint32(GOAL_BITS)
_ONE, _UPPER, _EXACT = np.uint64(1), np.uint64(32), np.uint64(11)
_EXACT_STEPS: Final = 2.0**21
"""How many steps of the 53 bits a float holds make one step of a chance."""
_FIRST, _SHIFT, _FRACTION = np.int64(FIRST), np.int64(SHIFT), np.int64(FRACTION)


@compiled
def stirred(bits):
    """`luck.stirred`, for one number."""
    bits ^= bits >> np.uint64(30)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(27)
    bits *= np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled
def drawn(luck, link):
    """`luck.of_links`, for one link of a row."""
    bits = (luck ^ np.uint64(link.tag)) * np.uint64(0xD6E8FEB86659FD93)
    return (bits ^ (bits >> _UPPER)) * np.uint64(0xD6E8FEB86659FD93)


@compiled
def delay(tables, link, bits):
    """Hours after which a link that endangers in a draw does so: what its number leaves of its chance is one more."""
    share = np.float64(np.int64(bits >> _EXACT)) / ((np.float64(link.chance) + 1.0) * _EXACT_STEPS)
    late = np.int64(share >= 0.5)
    side = np.float64(late + (1.0 - 2.0 * late) * share).view(np.int64)
    entry = (side >> _SHIFT) - _FIRST
    if entry < 0:
        return tables[link.goal >> _LAW, late, 0]
    low = tables[link.goal >> _LAW, late, entry]
    return low + np.float64(side & _FRACTION) * STEP * (tables[link.goal >> _LAW, late, entry + 1] - low)


@compiled
def spread(
    nodes, links, tables, queue, epoch, seeds, taken, draws, horizon, safe_from, events, place, time, seed, ends
):
    """Fill `place`, `time`, `seed` with what is reached, draw by draw; answer for how many draws there was room.

    Parameters
    ----------
    nodes, links, tables, queue : of a `Scratch` and its `Rows`. epoch : the last one used.
    seeds : uint32 [seeds], places. taken : float64 [draws, seeds], hours; ``inf`` = not in that draw.
    draws : uint64 [draws], their luck. safe_from : float64 [n], hours; [0] = nobody is safe.
    events : how many stand there already. ends : int64 [draws], filled with how many up to the end of each draw.
    """
    last = np.uint64(queue.size - 1)
    for draw in range(draws.size):
        if events + np.uint64(nodes.size) > np.uint64(place.size):
            return draw
        epoch += np.uint32(1)
        head, tail, before = np.uint64(0), np.uint64(0), events
        for row in range(seeds.size):
            if taken[draw, row] <= horizon:
                node = nodes[np.uint64(seeds[row])]
                node.epoch, node.time, node.seed, node.queued = epoch, taken[draw, row], np.uint16(row), np.uint16(1)
                queue[tail & last] = place[events] = seeds[row]
                tail += _ONE
                events += _ONE
        while head < tail:
            node = nodes[np.uint64(queue[head & last])]
            head += _ONE
            node.queued = np.uint16(0)
            now, origin, luck = node.time, node.seed, stirred(node.luck + draws[draw])
            begin = np.uint64(node.begin)
            for at in range(begin, begin + np.uint64(node.degree)):
                link = links[at]
                bits = drawn(luck, link)
                if bits >> _UPPER > np.uint64(link.chance):
                    continue
                hour = now + delay(tables, link, bits)
                goal = link.goal & _PLACE
                if hour > horizon or (safe_from.size and hour > safe_from[np.uint64(goal)]):
                    continue
                other = nodes[np.uint64(goal)]
                if other.epoch != epoch:
                    fetch(links, np.uint64(other.begin))
                    other.epoch, other.queued = epoch, np.uint16(0)
                    place[events] = goal
                    events += _ONE
                elif hour > other.time or (hour == other.time and origin >= other.seed):
                    continue
                other.time, other.seed = hour, origin
                if not other.queued:
                    other.queued = np.uint16(1)
                    queue[tail & last] = goal
                    tail += _ONE
        for event in range(before, events):
            node = nodes[np.uint64(place[event])]
            time[event], seed[event] = node.time, node.seed
        ends[draw] = events
    return draws.size


@compiled
def spread_in_order(
    nodes,
    links,
    tables,
    heap,
    epoch,
    seeds,
    taken,
    draws,
    horizon,
    safe_from,
    clear_until,
    events,
    place,
    time,
    seed,
    ends,
):
    """Like `spread`, in the order of time: what would reach a node before `clear_until` never does.

    heap : (hours, places), more entries than seeds. Where they do not suffice the answer is ``~draws``, below 0.
    clear_until : float64 [n], hours, ``-inf`` = none.
    """
    hours, places = heap
    for draw in range(draws.size):
        if events + np.uint64(nodes.size) > np.uint64(place.size):
            return draw
        epoch += np.uint32(1)
        waiting, before = 0, events
        for row in range(seeds.size):
            if taken[draw, row] <= horizon:
                node = nodes[np.uint64(seeds[row])]
                node.epoch, node.time, node.seed, node.queued = epoch, taken[draw, row], np.uint16(row), np.uint16(1)
                waiting = _push(hours, places, waiting, taken[draw, row], seeds[row])
                place[events] = seeds[row]
                events += _ONE
        while waiting:
            hour, own = hours[0], places[0]
            waiting = _pop(hours, places, waiting)
            node = nodes[np.uint64(own)]
            if hour != node.time or not node.queued:
                continue
            node.queued = np.uint16(0)
            now, origin, luck = node.time, node.seed, stirred(node.luck + draws[draw])
            begin = np.uint64(node.begin)
            for at in range(begin, begin + np.uint64(node.degree)):
                link = links[at]
                bits = drawn(luck, link)
                if bits >> _UPPER > np.uint64(link.chance):
                    continue
                hour = now + delay(tables, link, bits)
                goal = link.goal & _PLACE
                if hour > horizon or hour < clear_until[np.uint64(goal)]:
                    continue
                if safe_from.size and hour > safe_from[np.uint64(goal)]:
                    continue
                other = nodes[np.uint64(goal)]
                if other.epoch != epoch:
                    fetch(links, np.uint64(other.begin))
                    other.epoch = epoch
                    place[events] = goal
                    events += _ONE
                elif hour > other.time or (hour == other.time and origin >= other.seed):
                    continue
                if waiting == hours.size:
                    return ~draw
                other.time, other.seed, other.queued = hour, origin, np.uint16(1)
                waiting = _push(hours, places, waiting, hour, goal)
        for event in range(before, events):
            node = nodes[np.uint64(place[event])]
            time[event], seed[event] = node.time, node.seed
        ends[draw] = events
    return draws.size


@compiled
def reach(nodes, links, tables, queue, epoch, roots, draws, horizon, seen, counts):
    """Add 1 to `counts` of every node that each root reaches in its own draw, the root left out; answer how many those were.

    roots : uint32 [k], places. draws : uint64 [k], their luck. seen : uint32 [n], scratch. counts : int64 [n].
    """
    last, total = np.uint64(queue.size - 1), np.uint64(0)
    for row in range(roots.size):
        epoch += np.uint32(1)
        head, tail, found = np.uint64(0), np.uint64(1), np.uint64(0)
        node = nodes[np.uint64(roots[row])]
        node.epoch, node.time, node.queued = epoch, 0.0, np.uint16(1)
        queue[0] = roots[row]
        while head < tail:
            node = nodes[np.uint64(queue[head & last])]
            head += _ONE
            node.queued = np.uint16(0)
            now, luck = node.time, stirred(node.luck + draws[row])
            begin = np.uint64(node.begin)
            for at in range(begin, begin + np.uint64(node.degree)):
                link = links[at]
                bits = drawn(luck, link)
                if bits >> _UPPER > np.uint64(link.chance):
                    continue
                hour = now + delay(tables, link, bits)
                if hour > horizon:
                    continue
                goal = link.goal & _PLACE
                other = nodes[np.uint64(goal)]
                if other.epoch != epoch:
                    fetch(links, np.uint64(other.begin))
                    other.epoch, other.queued = epoch, np.uint16(0)
                    seen[found] = goal
                    found += _ONE
                elif hour >= other.time:
                    continue
                other.time = hour
                if not other.queued:
                    other.queued = np.uint16(1)
                    queue[tail & last] = goal
                    tail += _ONE
        for at in range(found):
            counts[np.uint64(seen[at])] += 1
        total += found
    return total


@compiled
def fetch(links, begin):
    """The first hundred and sixty bytes of a row: most rows are no longer."""
    prefetch(links, begin)
    prefetch(links, begin + np.uint64(5))
    prefetch(links, begin + np.uint64(10))


@compiled
def _push(hours, places, waiting, hour, place):
    at = waiting
    while at and hours[(at - 1) // 2] > hour:
        hours[at], places[at] = hours[(at - 1) // 2], places[(at - 1) // 2]
        at = (at - 1) // 2
    hours[at], places[at] = hour, place
    return waiting + 1


@compiled
def _pop(hours, places, waiting):
    """Take the earliest out; answer how many are left."""
    left = waiting - 1
    hour, place = hours[left], places[left]
    at, below = 0, 1
    while below < left:
        if below + 1 < left and hours[below + 1] < hours[below]:
            below += 1
        if hours[below] >= hour:
            break
        hours[at], places[at] = hours[below], places[below]
        at, below = below, 2 * below + 1
    hours[at], places[at] = hour, place
    return left


@compiled
def count(place, counts, found):
    """Count the events of each place and list in `found` which have any; answer how many those are."""
    size = 0
    for event in range(place.size):
        own = np.uint64(place[event])
        if counts[own] == 0:
            found[size] = place[event]
            size += 1
        counts[own] += np.uint32(1)
    return size


@compiled
def sort(place, time, seed, ends, found, counts, starts, draw_of, time_of, seed_of):
    """Events by place, then draw. `found`: the places that rise; `starts` is filled, `counts` is 0 again after."""
    total = 0
    for row in range(found.size):
        own = np.uint64(found[row])
        starts[row] = total
        total += counts[own]
        counts[own] = np.uint32(starts[row])
    starts[found.size] = total
    begin = 0
    for draw in range(ends.size):
        for event in range(begin, ends[draw]):
            own = np.uint64(place[event])
            at = counts[own]
            counts[own] += np.uint32(1)
            draw_of[at], time_of[at], seed_of[at] = draw, time[event], seed[event]
        begin = ends[draw]
    for row in range(found.size):
        counts[np.uint64(found[row])] = np.uint32(0)
