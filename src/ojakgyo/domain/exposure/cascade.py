"""The cascade: from those who may be taken, along links that may endanger, each after its delay; many worlds at once.

Only nodes that are reached are looked at. In each draw a link endangers or not, with one delay, both made from one
uniform: it endangers if that is below its chance, and what is left of it is the share at which its law of delay is read.
So a likelier link, a longer horizon, one more seed or link never makes an arrival later in any draw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Bits, Floats, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.drawing import engines, luck
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed

Progress = Callable[[int, int], None]
"""Called now and then with what is done, and of how much; what it raises ends the work."""
_FIRST_DRAWS: Final = 256
"""What they cost says how many may come at once."""
_MOST_SEEDS: Final = (1 << 16) - 1
_CELLS: Final = 1 << 20
"""Hours of taking held at once: 8 MiB."""


def cascade(
    network: Network,
    seeds: Sequence[Seed],
    *,
    draws: int,
    horizon: float,
    key: int,
    clear_until: Floats | None = None,
    safe_from: Floats | None = None,
    engine: engines.Name | None = None,
    progress: Progress | None = None,
) -> Arrivals:
    """When the danger reaches whom, in `draws` worlds, up to `horizon` hours from t0.

    Parameters
    ----------
    key : the same key, ids and probabilities give the same worlds, in whatever order nodes and links are given.
    clear_until : float64 [n], hours from t0, of each node's last authenticated contact, ``-inf`` = none. What a link
        would have brought there earlier is contradicted and left out; a seed's own law of when knows it already.
    safe_from : float64 [n], hours from t0, from which on no link reaches a node any more, ``inf`` = never: it was told.
    engine : both give the same answer; None is the faster one that can be had.
    """
    if draws < 1 or draws > np.iinfo(np.int32).max:
        raise ValueError("a cascade needs a draw, and at most 2147483647")
    if not np.isfinite(horizon):
        raise ValueError("a cascade needs a horizon that ends")
    if len({seed.node for seed in seeds}) != len(seeds) or len(seeds) > _MOST_SEEDS:
        raise ValueError(f"a node is seeded twice, or there are more than {_MOST_SEEDS} seeds")
    for hours in (clear_until, safe_from):
        if hours is not None and (hours.shape != network.nodes.shape or np.isnan(hours).any()):
            raise ValueError("hours of contact or safety need one number for each node")
    taken = _Taken.of(network, seeds, key=key)
    chosen = engines.of(engine)
    run = chosen.run(network, taken.places, horizon, safe_from, clear_until)
    done, step = 0, _FIRST_DRAWS
    while done < draws:
        own = luck.base(key, luck.DRAWS, np.arange(done, min(done + step, draws)))
        events = run.add(taken.hours(own), own)
        done += own.size
        step = max(1, min(chosen.most * own.size // (events + own.size), _CELLS // (len(seeds) + 1)))
        if progress is not None:
            progress(done, draws)
    return run.arrivals(draws, horizon)


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """The seeds, where they stand and their luck."""

    seeds: Sequence[Seed]
    places: Whole
    luck: Bits

    @classmethod
    def of(cls, network: Network, seeds: Sequence[Seed], *, key: int) -> "_Taken":
        nodes = np.array([seed.node for seed in seeds], dtype=np.int64)
        return cls(seeds, network.places(nodes), luck.base(key, luck.TAKEN, nodes))

    def hours(self, draws: Bits) -> Floats:
        """float64 [draws, seeds], when each was taken, ``inf`` = not in that draw."""
        found = np.full((draws.size, len(self.seeds)), np.inf)
        for row, (seed, own) in enumerate(zip(self.seeds, self.luck, strict=True)):
            drawn = luck.stirred(draws + own)
            taken = np.flatnonzero(luck.uniforms(drawn) < seed.probability)
            found[taken, row] = seed.when(luck.uniforms(luck.next_of(drawn[taken])))
        return found
