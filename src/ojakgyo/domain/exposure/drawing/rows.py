"""The network as the kernels read it: each node beside its own scratch, each link in twelve bytes, row after row.

A node's record fills half a cache line: where its links begin and what the present draw has done to it. Read forward, a
row holds the links that lead from a node; in reverse, those that lead to it.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.drawing import luck, quantiles
from ojakgyo.domain.exposure.network import MOST_NODES, Network

Records = npt.NDArray[Any]

NODE: Final = np.dtype(
    [
        ("begin", np.uint32),
        ("degree", np.uint32),
        ("luck", np.uint64),
        ("time", np.float64),
        ("epoch", np.uint32),
        ("seed", np.uint16),
        ("queued", np.uint16),
    ]
)
"""`time`, `seed` and `queued` are of the draw `epoch`; in any other they mean nothing."""
LINK: Final = np.dtype([("chance", np.uint32), ("tag", np.uint32), ("goal", np.uint32)])
"""`chance`: one less than the chance in steps of 2^-32. `goal`: the place it leads to, and above it the law."""
GOAL_BITS: Final = MOST_NODES.bit_length() - 1
LAYOUT: Final = 1
"""One more with every change to what the kernels read or to a kernel that another file calls: each file of kernels names the
one it was made for, and numba compiles a file anew only when that file has changed."""
CHANCES: Final = 2.0**32
_LAST_EPOCH: Final = 2**32 - 1


def limits(probability: Floats) -> npt.NDArray[np.uint64]:
    """Chances in steps of 2^-32: a link endangers in a draw if the upper half of its number is below."""
    return np.rint(probability * CHANCES).astype(np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Nodes and links as records, and the table of delays. Links that cannot endanger are in no row."""

    nodes: Records
    links: Records
    tables: Floats


def rows(network: Network, *, reverse: bool = False) -> Rows:
    """Forward a row leads from its node, in reverse to it."""
    limit = limits(network.probability)
    order = np.argsort(network.target, kind="stable") if reverse else np.arange(network.links.size)
    order = order[limit[order] > 0]
    owner, goal = (network.target, network.source) if reverse else (network.source, network.target)
    degree = np.bincount(owner[order], minlength=network.nodes.size)
    nodes = np.zeros(network.nodes.size, dtype=NODE)
    nodes["degree"] = degree
    nodes["begin"] = np.cumsum(degree) - degree
    nodes["luck"] = luck.of_nodes(network.nodes)
    links = np.empty(order.size, dtype=LINK)
    links["chance"] = limit[order] - np.uint64(1)
    links["tag"] = luck.tags(network.links, network.nodes[network.source], network.nodes[network.target])[order]
    links["goal"] = goal[order].astype(np.uint32) | network.law[order].astype(np.uint32) << np.uint32(GOAL_BITS)
    return Rows(nodes=nodes, links=links, tables=quantiles.tables(network.laws))


class Scratch:
    """What one run of a kernel writes to: its own copy of the nodes, the queue, and counters that are always 0 between."""

    def __init__(self, made: Rows) -> None:
        size = made.nodes.size
        self.nodes = made.nodes.copy()
        self.queue = np.empty(1 << max(1, (size - 1).bit_length()), dtype=np.uint32)
        self.counts = np.zeros(size, dtype=np.uint32)
        self._epoch = 0

    def epochs(self, draws: int) -> int:
        """The last epoch used; the next so many are the caller's."""
        if self._epoch + draws >= _LAST_EPOCH:
            self.nodes["epoch"], self._epoch = 0, 0
        before, self._epoch = self._epoch, self._epoch + draws
        return before


class Workbench:
    """Rows of one network in one direction, and the scratches that nobody uses now."""

    def __init__(self, made: Rows) -> None:
        self.rows = made
        self._free: list[Scratch] = []

    def take(self) -> Scratch:
        try:
            return self._free.pop()
        except IndexError:
            return Scratch(self.rows)

    def give_back(self, scratch: Scratch) -> None:
        self._free.append(scratch)
