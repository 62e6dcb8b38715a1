"""From nothing to the first answer: a new process, imports, a small network read, one cascade with deadlines."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.exposure import fresh
from benchmarks.exposure.asked import Asked
from benchmarks.exposure.measuring import Run, interleaved
from benchmarks.exposure.networks import World, invented
from benchmarks.exposure.rows import Row, row

AT_MOST_S: Final = 0.7
_COLUMNS: Final = ("nodes", "starts", "source", "target", "probability", "law", "links")


class Newcomer:
    """Starts processes that ask about one network; what Python and numba compile is kept in a folder beside it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.path, self.seeds = folder / "network.npz", [str(seed.node) for seed in world.seeds]
        np.savez(self.path, **{name: getattr(world.network, name) for name in _COLUMNS})
        self.environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPATH": str(Path(fresh.__file__).parents[2] / "src"),
            "PYTHONPYCACHEPREFIX": str(folder / "python"),
            "NUMBA_CACHE_DIR": str(folder / "numba"),
        }

    def answer(self, engine: str) -> dict[str, Any]:
        """What `fresh` tells."""
        asked = [sys.executable, fresh.__file__, str(self.path), engine, *self.seeds]
        return dict(json.loads(subprocess.run(asked, env=self.environment, stdout=subprocess.PIPE, check=True).stdout))

    def turn(self, engine: str, told: list[dict[str, Any]]) -> Run:
        before, wall = os.times(), time.perf_counter()
        told.append(self.answer(engine))
        after = os.times()
        own = after.children_user + after.children_system - before.children_user - before.children_system
        return Run(own, time.perf_counter() - wall)


def measured(asked: Asked) -> Iterator[Row]:
    """The turn that does not count has filled the caches."""
    world = invented("cells", 1_000)
    told: dict[str, list[dict[str, Any]]] = {"numba": [], "numpy": []}
    with tempfile.TemporaryDirectory(prefix="ojak-first-") as folder:
        newcomer = Newcomer(world, Path(folder))
        turns = {engine: partial(newcomer.turn, engine, heard) for engine, heard in told.items()}
        found = interleaved(turns, asked.rounds)
    for engine, rounds in found.items():
        goal = {"at_most": AT_MOST_S} if engine == "numba" else {}
        what = f"{engine}: a new process to its answer, wall"
        yield row("first", world.name, what, rounds.median("wall"), "s", rounds=asked.rounds, **goal)
        for part, which in (("imports", "import_s"), ("cascade and deadlines", "first_s")):
            value = float(np.median([each[which] for each in told[engine][1:]]))
            yield Row(case="first", on=world.name, what=f"{engine}: {part}", value=value, unit="s", rounds=asked.rounds)
