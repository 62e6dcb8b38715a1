"""What valgrind counts: each kernel once on each small world, and nothing around it.

Run by `instructions` under callgrind, which is told when to begin and to end by the reference's own library.
"""

import ctypes
import sys
from collections.abc import Callable

import numpy as np

from benchmarks.exposure import reference
from benchmarks.exposure.kernel import Bench
from benchmarks.exposure.networks import HORIZON, World, invented
from ojakgyo.domain.exposure.drawing import kernels, luck
from ojakgyo.domain.exposure.drawing.rows import Scratch, rows

SHAPES = ("cells", "even", "hubs")
SIZE, DRAWS = 10_000, 1_024


def main(built: str) -> None:
    library = ctypes.CDLL(built)

    def counted(name: str, work: Callable[[], object]) -> None:
        library.begin_count()
        work()
        library.end_count(name.encode())

    def in_c(*given: object) -> int:
        return reference.spread(library, *given)

    for shape in SHAPES:
        world = invented(shape, SIZE)
        bench = Bench(world)
        bench.run(kernels.spread, 1, DRAWS)
        counted(f"{shape}: cascade", lambda bench=bench: bench.run(kernels.spread, 1, DRAWS))
        counted(f"{shape}: cascade in C", lambda bench=bench: bench.run(in_c, 1, DRAWS))
        reach = _backwards(world)
        reach()
        counted(f"{shape}: radii", reach)


def _backwards(world: World) -> Callable[[], None]:
    """Every node once a root."""
    made = rows(world.network, reverse=True)
    scratch, seen, counts = Scratch(made), np.empty(SIZE, np.uint32), np.zeros(SIZE, np.int64)
    roots, draws = np.arange(SIZE, dtype=np.uint32), luck.base(1, luck.ROOTS, np.arange(SIZE))

    def reach() -> None:
        fixed = scratch.nodes, made.links, made.tables, scratch.queue, np.uint32(scratch.epochs(SIZE))
        kernels.reach(*fixed, roots, draws, HORIZON, seen, counts)

    return reach


if __name__ == "__main__":
    main(*sys.argv[1:])
