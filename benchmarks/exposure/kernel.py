"""The product's kernel beside the C reference: first the same answers, to the bit, then their times in turn."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

import numpy as np

from benchmarks.exposure import reference
from benchmarks.exposure.asked import Asked
from benchmarks.exposure.measuring import Run, interleaved, ratio, timed
from benchmarks.exposure.networks import DRAWS, HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.drawing import kernels, luck
from ojakgyo.domain.exposure.drawing.rows import Scratch, rows

AT_LEAST: Final = 0.9
ROOM: Final = DRAWS * 256
Kernel = Callable[..., int]


class Bench:
    """One world laid out as the kernels read it, and room for what they find."""

    def __init__(self, world: World) -> None:
        network = world.network
        self.rows = rows(network)
        self.scratch = Scratch(self.rows)
        self.seeds = network.places([seed.node for seed in world.seeds]).astype(np.uint32)
        self.taken = np.zeros((DRAWS, self.seeds.size))
        room = ROOM + network.nodes.size
        self.place, self.time = np.empty(room, np.uint32), np.empty(room)
        self.seed, self.ends = np.empty(room, np.uint16), np.empty(DRAWS, np.int64)

    def run(self, kernel: Kernel, key: int, draws: int = DRAWS) -> int:
        """So many draws; answers how many events."""
        own = luck.base(key, luck.DRAWS, np.arange(draws))
        scratch = self.scratch
        done = kernel(
            scratch.nodes, self.rows.links, self.rows.tables, scratch.queue, np.uint32(scratch.epochs(draws)),
            self.seeds, self.taken[:draws], own, HORIZON, np.empty(0), np.uint64(0),
            self.place, self.time, self.seed, self.ends,
        )  # fmt: skip
        if done != draws:
            raise SystemExit("the events of a draw had no room")
        return int(self.ends[draws - 1])

    def found(self, kernel: Kernel, key: int) -> tuple[np.ndarray[Any, Any], ...]:
        """All that it wrote."""
        events = self.run(kernel, key)
        return self.ends.copy(), self.place[:events].copy(), self.time[:events].copy(), self.seed[:events].copy()


def in_c(*flags: str) -> Kernel:
    library = reference.compiled(*flags)
    return lambda *given: reference.spread(library, *given)


def measured(asked: Asked) -> Iterator[Row]:
    """The kernel is worth as much of the reference as the reference takes of its time."""
    c = in_c()
    for shape, size in asked.worlds("cells", "scattered", "even", "hubs"):
        world = invented(shape, size)
        benches = {"numba": (Bench(world), kernels.spread), "c": (Bench(world), c)}
        _same(world, benches)
        found = interleaved({name: _turn(*bench) for name, bench in benches.items()}, asked.rounds)
        each = found["numba"].median().times(1e9)
        yield row("kernel", world.name, "kernel: a reached node, processor", each, "ns", rounds=asked.rounds)
        times = ratio(found["c"], found["numba"])
        yield row(
            "kernel", world.name, "of the C reference's speed", times, "x", rounds=asked.rounds, at_least=AT_LEAST
        )


def _turn(bench: Bench, kernel: Kernel) -> Callable[[], Run]:
    """Other draws each time."""
    keys = count(1)
    return timed(lambda: bench.run(kernel, next(keys)))


def _same(world: World, benches: dict[str, tuple[Bench, Kernel]]) -> None:
    one, other = (bench.found(kernel, 1) for bench, kernel in benches.values())
    if not all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True)):
        raise SystemExit(f"the kernel and the C reference differ on {world.name}")
