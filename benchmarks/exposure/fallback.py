"""Without a compiler: the same bits from numpy, and how many times as long they take."""

from collections.abc import Iterator
from itertools import count
from typing import Final

import numpy as np

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.measuring import interleaved, ratio, timed
from benchmarks.exposure.networks import DRAWS, HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade

AT_MOST: Final = 15.0
_LARGEST: Final = 100_000


def measured(asked: Asked) -> Iterator[Row]:
    for shape, size in asked.worlds("cells", "even", "hubs"):
        if size > _LARGEST:
            continue
        world, keys = invented(shape, size), count(1)
        _same(world)
        turns = {
            engine: timed(lambda engine=engine, world=world, keys=keys: _spread(world, engine, next(keys)))
            for engine in ("numba", "numpy")
        }
        found = interleaved(turns, asked.rounds)
        times = ratio(found["numpy"], found["numba"])
        what = "numpy takes as many times as long"
        yield row("fallback", world.name, what, times, "x", rounds=asked.rounds, at_most=AT_MOST)


def _arrivals(world: World, engine: str, key: int) -> Arrivals:
    return cascade(world.network, world.seeds, draws=DRAWS, horizon=HORIZON, key=key, engine=engine)


def _spread(world: World, engine: str, key: int) -> None:
    _arrivals(world, engine, key)


def _same(world: World) -> None:
    one, other = _arrivals(world, "numba", 1), _arrivals(world, "numpy", 1)
    for column in ("starts", "draw", "time", "seed"):
        if not np.array_equal(getattr(one, column), getattr(other, column)):
            raise SystemExit(f"numba and numpy differ on {world.name}: {column}")
