"""The engine compiled by numba: what stands around its kernels."""

from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from ojakgyo.domain.exposure.arrays import Bits, Floats, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.drawing import kernels
from ojakgyo.domain.exposure.drawing.engines import Engine
from ojakgyo.domain.exposure.drawing.rows import Records, Workbench, rows
from ojakgyo.domain.exposure.network import Network

_MOST: Final = 1 << 21
_ROOM: Final = 1 << 20
_NOBODY: Final = np.empty(0)
_FORWARD: Final[WeakKeyDictionary[Network, Workbench]] = WeakKeyDictionary()
_REVERSE: Final[WeakKeyDictionary[Network, Workbench]] = WeakKeyDictionary()
"""Networks never change: their rows are made once, and live as long as they do."""


def workbench(network: Network, *, reverse: bool = False) -> Workbench:
    """The records of a network and room to work with them."""
    kept = _REVERSE if reverse else _FORWARD
    found = kept.get(network)
    if found is None:
        found = kept[network] = Workbench(rows(network, reverse=reverse))
    return found


class CompiledRun:
    """A cascade on one thread."""

    def __init__(
        self, network: Network, seeds: Whole, horizon: float, safe_from: Floats | None, clear_until: Floats | None
    ) -> None:
        self._network, self._seeds, self._horizon = network, seeds.astype(np.uint32), horizon
        self._safe = _NOBODY if safe_from is None else np.ascontiguousarray(safe_from, dtype=np.float64)
        self._clear = clear_until
        if clear_until is not None:
            self._clear = np.ascontiguousarray(clear_until, dtype=np.float64)
            self._heap = _heap(seeds.size + _ROOM)
        self._bench = workbench(network)
        self._scratch = self._bench.take()
        size = network.nodes.size + _ROOM
        self._events = 0
        self._place, self._time, self._seed = np.empty(size, np.uint32), np.empty(size), np.empty(size, np.uint16)
        self._ends: list[Whole] = []

    def add(self, taken: Floats, draws: Bits) -> int:
        before, done = self._events, 0
        while done < draws.size:
            ends = np.zeros(draws.size - done, np.int64)
            drawn = self._draw(taken[done:], draws[done:], ends)
            if drawn < 0:
                self._heap, drawn = _heap(2 * self._heap[0].size), ~drawn
            if drawn:
                self._events = int(ends[drawn - 1])
                self._ends.append(ends[:drawn])
            done += drawn
            if done < draws.size:
                self._place, self._time, self._seed = _wider(self._place), _wider(self._time), _wider(self._seed)
        return self._events - before

    def _draw(self, taken: Floats, draws: Bits, ends: Whole) -> int:
        made, own = self._bench.rows, self._scratch
        network, epoch = (own.nodes, made.links, made.tables), np.uint32(own.epochs(draws.size))
        drawn = epoch, self._seeds, taken, draws, self._horizon, self._safe
        filled = np.uint64(self._events), self._place, self._time, self._seed, ends
        if self._clear is None:
            return int(kernels.spread(*network, own.queue, *drawn, *filled))
        return int(kernels.spread_in_order(*network, self._heap, *drawn, self._clear, *filled))

    def arrivals(self, draws: int, horizon: float) -> Arrivals:
        place, time, seed = (column[: self._events] for column in (self._place, self._time, self._seed))
        ends, own = np.concatenate(self._ends), self._scratch
        found = np.empty(min(place.size, own.nodes.size), np.uint32)
        found = np.sort(found[: kernels.count(place, own.counts, found)])
        starts, draw_of = np.empty(found.size + 1, np.int64), np.empty(place.size, np.int32)
        time_of, seed_of = np.empty(place.size), np.empty(place.size, np.uint16)
        kernels.sort(place, time, seed, ends, found, own.counts, starts, draw_of, time_of, seed_of)
        self._bench.give_back(own)
        return Arrivals(
            nodes=self._network.nodes,
            draws=draws,
            horizon=horizon,
            places=found.astype(np.int32),
            starts=starts,
            draw=draw_of,
            time=time_of,
            seed=seed_of,
        )


def _wider(column: Records) -> Records:
    """Twice the room, what stands there kept."""
    return np.concatenate((column, np.empty_like(column)))


def _heap(size: int) -> tuple[Floats, Bits]:
    return np.empty(size), np.empty(size, np.uint32)


class CompiledReach:
    """Counting on one thread; several may count in the same network at once."""

    def __init__(self, network: Network, horizon: float, *, reverse: bool) -> None:
        self._bench, self._horizon = workbench(network, reverse=reverse), horizon
        self._scratch = self._bench.take()
        self._seen, self._counts = np.empty(network.nodes.size, np.uint32), np.zeros(network.nodes.size, np.int64)

    def add(self, roots: Whole, draws: Bits) -> int:
        made, own = self._bench.rows, self._scratch
        epoch, places = np.uint32(own.epochs(roots.size)), roots.astype(np.uint32)
        fixed = own.nodes, made.links, made.tables, own.queue, epoch
        return int(kernels.reach(*fixed, places, draws, self._horizon, self._seen, self._counts))

    def counts(self) -> Whole:
        self._bench.give_back(self._scratch)
        return self._counts


COMPILED: Final = Engine("numba", _MOST, CompiledRun, CompiledReach)
