"""Blast radii by least-element lists (Cohen 1997; ConTinEst, Du and others 2013), on arrays: what ours is compared with.

In one world every link is drawn. Each node gets a label from the unit exponential law; the least label within the horizon
of a node, over several labellings, says how many nodes there are. Nodes are taken by rising label, and each search stops
where an earlier one came sooner. The published program keeps trees and sets; arrays are the fairer comparison.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.drawing import luck
from ojakgyo.domain.exposure.drawing.kernels import compiled, delay, drawn, stirred
from ojakgyo.domain.exposure.drawing.rows import GOAL_BITS, rows
from ojakgyo.domain.exposure.network import Network

LABELS: Final = 5
_PLACE: Final = np.uint32((1 << GOAL_BITS) - 1)
_UPPER: Final = np.uint64(32)


class Lists:
    """A network read backwards, and room for one world of it."""

    def __init__(self, network: Network, horizon: float) -> None:
        self.rows, self.horizon = rows(network, reverse=True), horizon
        size, links = network.nodes.size, self.rows.links.size
        self.starts, self.goals, self.delays = np.empty(size + 1, np.int64), np.empty(links, np.uint32), np.empty(links)
        self.hours, self.least = np.empty(size), np.empty((LABELS, size))
        self.queue = np.empty(1 << size.bit_length(), np.uint32)

    def radii(self, worlds: int, key: int) -> npt.NDArray[np.float64]:
        """float64 [n]: how many each node reaches within the horizon, itself left out, on average over the worlds."""
        random, found = np.random.default_rng(key), np.zeros(self.hours.size)
        for own in luck.base(key, luck.DRAWS, np.arange(worlds)):
            draw(
                self.rows.nodes,
                self.rows.links,
                self.rows.tables,
                own,
                self.horizon,
                self.starts,
                self.goals,
                self.delays,
            )
            for row in range(LABELS):
                label = random.exponential(size=self.hours.size)
                order = np.argsort(label)
                spread(
                    self.starts,
                    self.goals,
                    self.delays,
                    self.horizon,
                    order,
                    label,
                    self.hours,
                    self.least[row],
                    self.queue,
                )
            found += (LABELS - 1) / self.least.sum(axis=0)
        return found / worlds - 1.0


@compiled
def draw(nodes: Any, links: Any, tables: Any, own: Any, horizon: Any, starts: Any, goals: Any, delays: Any) -> None:
    """All links of one world that endanger within the horizon, with the luck of the product."""
    kept = 0
    for place in range(nodes.size):
        starts[place] = kept
        node = nodes[place]
        row = stirred(node.luck + own)
        for at in range(np.int64(node.begin), np.int64(node.begin) + np.int64(node.degree)):
            link = links[at]
            bits = drawn(row, link)
            if bits >> _UPPER <= np.uint64(link.chance):
                goals[kept], delays[kept] = link.goal & _PLACE, delay(tables, link, bits)
                kept += delays[kept] <= horizon
    starts[nodes.size] = kept


@compiled
def spread(
    starts: Any, goals: Any, delays: Any, horizon: Any, order: Any, label: Any, hours: Any, least: Any, queue: Any
) -> None:
    """The least label within the horizon of each node."""
    last = queue.size - 1
    hours[:], least[:] = np.inf, np.inf
    for root in order:
        head, tail = 0, 1
        queue[0], hours[root] = root, 0.0
        least[root] = min(least[root], label[root])
        while head < tail:
            place = queue[head & last]
            head += 1
            for at in range(starts[place], starts[place + 1]):
                hour, goal = hours[place] + delays[at], goals[at]
                if hour <= horizon and hour < hours[goal]:
                    hours[goal], least[goal] = hour, min(least[goal], label[root])
                    queue[tail & last] = goal
                    tail += 1
