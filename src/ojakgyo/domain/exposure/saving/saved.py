"""Who is saved so far, in each drawn world: whoever stands below two who are told is counted once."""

from types import ModuleType
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.saving.dominators import Trees

NEVER: Final = -np.inf
"""What an hour offers in which nothing can be done."""


class Saved:
    """A ledger of heads. `events` are those of one node in which it can be saved.

    Whoever is safe from an hour on saves themselves and those below in the draws in which they are reached later.
    """

    def __init__(self, trees: Trees, heads: Whole, *, engine: engines.Name | None = None) -> None:
        self.trees, self._time = trees, trees.arrivals.time
        self._ordered = trees.in_order(heads[trees.places()])
        self._by = np.zeros(self._ordered.size, dtype=np.int32)
        self._left = self._ordered.copy()
        self._compiled: ModuleType | None = None
        if engines.of(engine).name == "numba":
            from ojakgyo.domain.exposure.saving import dominating

            self._compiled = dominating

    def below(self, events: Whole) -> Whole:
        """int64 [events]: heads below each, itself included, whom nobody has saved yet."""
        if self._compiled is not None:
            found = np.empty(events.size, dtype=np.int64)
            self._compiled.below(events, self.trees.first, self.trees.last, self._left, found)
            return found
        places, bounds = self.trees.spread(events)
        return np.diff(np.concatenate(([0], np.cumsum(self._left[places])))[bounds])

    def offers(self, events: Whole, safe: Floats, price: Floats) -> tuple[Floats, Whole]:
        """The best of some ways in each slot: heads saved beyond, a draw, less what the way costs; and which it is.

        Parameters
        ----------
        safe : float64 [ways, slots], hours from which the node is safe; ``inf`` = that way is closed then.
        price : float64 [ways].
        """
        net = np.full(safe.shape[1], NEVER)
        best = np.zeros(safe.shape[1], dtype=np.int64)
        if self._compiled is not None:
            self._compiled.offers(*self._of(events), self._left, safe, price, self.trees.arrivals.draws, net, best)
        elif safe.size:
            order = events[np.argsort(-self._time[events], kind="stable")]
            sums = np.concatenate(([0], np.cumsum(self.below(order)))) / self.trees.arrivals.draws
            each = sums[np.searchsorted(-self._time[order], -safe, side="left")] - price[:, None]
            each[np.isinf(safe)] = NEVER
            best = each.argmax(axis=0)
            net = each[best, np.arange(best.size)]
        return net, best

    def add(self, events: Whole, safe: float) -> None:
        self._change(events, safe, 1)

    def remove(self, events: Whole, safe: float) -> None:
        self._change(events, safe, -1)

    def _change(self, events: Whole, safe: float, by: int) -> None:
        if self._compiled is not None:
            self._compiled.change(*self._of(events), self._left, self._ordered, self._by, safe, by)
            return
        places, _ = self.trees.spread(events[self._time[events] > safe])
        self._by[places] += by
        self._left[places] = np.where(self._by[places] > 0, 0, self._ordered[places])

    def _of(self, events: Whole) -> tuple[object, ...]:
        return events, self._time, self.trees.first, self.trees.last
