"""The blast radius of every node: how long it takes, how wrong it is, and what least-element lists take to be as right."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.lists import Lists
from benchmarks.exposure.measuring import interleaved, ratio, timed
from benchmarks.exposure.networks import HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.blast import blast_radii

ERROR: Final = 0.1
AT_MOST_S: Final = 2.0
AT_LEAST: Final = 15.0
_WORLDS: Final = 16
_LISTED: Final = 10_000
Radii = npt.NDArray[np.float64]


def measured(asked: Asked) -> Iterator[Row]:
    for shape in ("cells", "scattered", "hubs"):
        yield from _all(invented(shape, asked.largest), asked)
    for shape in ("cells", "even", "hubs"):
        yield from _beside_lists(invented(shape, min(_LISTED, asked.largest)), asked)


def _all(world: World, asked: Asked) -> Iterator[Row]:
    keys = count(1)
    turns = {threads: _turn(lambda key, threads=threads: _ours(world, key, threads), keys) for threads in (1, 2)}
    found = interleaved({str(threads): timed(turn) for threads, turn in turns.items()}, asked.rounds)
    for threads, rounds in found.items():
        goal = {"at_most": AT_MOST_S} if (threads, world.name) == ("2", "cells 1e6") else {}
        what = f"every radius at {ERROR:.0%}, {threads} thread{'s' * (threads != '1')}, wall"
        yield row("radii", world.name, what, rounds.median("wall"), "s", rounds=asked.rounds, **goal)
    error = 100.0 * variance(lambda key: _ours(world, key, 2), _exact(world)) ** 0.5
    yield Row(case="radii", on=world.name, what=f"relative error where {ERROR:.0%} was asked", value=error, unit="% rms",
              at_most=105.0 * ERROR)  # fmt: skip


def _beside_lists(world: World, asked: Asked) -> Iterator[Row]:
    """Time times variance: both estimate without bias, so twice the time is half the variance."""
    lists, keys = Lists(world.network, HORIZON), count(1)
    ways: dict[str, Callable[[int], Radii]] = {
        "ours": lambda key: _ours(world, key, 1),
        "lists": lambda key: lists.radii(_WORLDS, key),
    }
    found = interleaved({name: timed(_turn(way, keys)) for name, way in ways.items()}, asked.rounds)
    own, other = (variance(way, _exact(world)) for way in ways.values())
    for name, each in (("ours", own), ("lists", other)):
        what, error = f"{name}: relative error", 100.0 * each**0.5
        yield Row(case="radii", on=world.name, what=what, value=error, unit="% rms")
        yield row("radii", world.name, f"{name}: processor", found[name].median().times(1e3), "ms", rounds=asked.rounds)
    times = ratio(found["lists"], found["ours"]).times(other / own)
    what = "least-element lists, at equal error"
    yield row("radii", world.name, what, times, "x", rounds=asked.rounds, at_least=AT_LEAST)


def variance(way: Callable[[int], Radii], exact: Radii) -> float:
    """Of the relative error, the person counted, over all nodes: half of what two independent answers differ by."""
    one, other = way(1_000_001), way(1_000_002)
    return float(np.mean(((one - other) / (1.0 + exact)) ** 2)) / 2.0


def _exact(world: World) -> Radii:
    """Four times as exact: dividing by a rough radius would make small ones look worse than they are."""
    return blast_radii(world.network, horizon=HORIZON, error=ERROR / 4.0, key=1_000_003, threads=2).mean


def _turn(way: Callable[[int], Radii], keys: "count[int]") -> Callable[[], None]:
    def turn() -> None:
        way(next(keys))

    return turn


def _ours(world: World, key: int, threads: int) -> Radii:
    return blast_radii(world.network, horizon=HORIZON, error=ERROR, key=key, threads=threads).mean
