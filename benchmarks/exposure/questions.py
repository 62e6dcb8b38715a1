"""What the board asks: 4,096 draws and everybody's deadline, from a network at hand, on one thread."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.measuring import interleaved, timed
from benchmarks.exposure.networks import DRAWS, HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import deadlines

AT_MOST: Final = {"cells 1e3": 10.0, "cells 1e5": 20.0, "cells 1e6": 25.0}
RISK: Final = 0.01


def measured(asked: Asked) -> Iterator[Row]:
    for shape, size in asked.worlds("cells", "scattered", "hubs"):
        world, keys = invented(shape, size), count(1)
        asked_once = _arrivals(world, next(keys))
        turns = {
            "its cascade": timed(lambda world=world, keys=keys: _spread(world, next(keys))),
            "its deadlines": timed(lambda found=asked_once: _judged(found)),
            "the answer": timed(lambda world=world, keys=keys: _judged(_arrivals(world, next(keys)))),
        }
        found = interleaved(turns, asked.rounds)
        reached = asked_once.time.size / DRAWS
        yield Row(case="questions", on=world.name, what="reached in a draw", value=reached, unit="nodes")
        for what, rounds in found.items():
            goal = {"at_most": AT_MOST[world.name]} if what == "the answer" and world.name in AT_MOST else {}
            spent = rounds.median().times(1e3)
            yield row("questions", world.name, f"{what}, processor", spent, "ms", rounds=asked.rounds, **goal)
        wall = found["the answer"].median("wall").times(1e3)
        yield row("questions", world.name, "the answer, wall", wall, "ms", rounds=asked.rounds)


def _arrivals(world: World, key: int) -> Arrivals:
    return cascade(world.network, world.seeds, draws=DRAWS, horizon=HORIZON, key=key)


def _spread(world: World, key: int) -> None:
    _arrivals(world, key)


def _judged(arrivals: Arrivals) -> None:
    deadlines(arrivals, RISK)
