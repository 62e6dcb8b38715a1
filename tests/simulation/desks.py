"""Many runs in one process: the network is founded once, and each story is told on a copy of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import practice_vault
from django.conf import settings

from ojakgyo.runner import opening, warming
from simulation import founding, invariants, running, silences  # noqa: F401 - what must hold of silences
from simulation.founding import Founded
from simulation.running import Result
from simulation.shrinking import shrunk
from simulation.story import Faults, faults_of

DAYS: Final = 8
"""Desk-days of a story. Healing goes on for three more, for a quarter of the seeds for a month."""


@dataclass(slots=True)
class Desks:
    """Where stories are told; `told` counts desk-days."""

    founded: Founded
    folder: Path

    def tell(self, seed: int, *, days: int = DAYS, faults: Faults | None = None, heal: bool = True) -> Result:
        chosen = faults_of(seed, days) if faults is None else faults
        return running.run(
            self.founded, self.folder, seed=seed, days=days, faults=chosen, hold=invariants.hold, heal=heal
        )

    def shrunk(self, broken: Result) -> Result:
        """The same story with the fewest faults under which it breaks in the same way."""
        return shrunk(
            lambda faults, first: self.tell(first.seed, days=first.day, faults=faults, heal=first.healed), broken
        )


@contextmanager
def desks(file: Path, folder: Path) -> Iterator[Desks]:
    """`file`: the open, empty database of this process."""
    with running.silent():
        founded = founding.found(file, folder / "founded.db")
    warming.warm()
    with running.stage(folder):
        yield Desks(founded, folder)


@contextmanager
def own_desks() -> Iterator[Desks]:
    """For a process of its own."""
    opening.bring_up_to_date()
    folder = practice_vault.HOME / "simulation"
    folder.mkdir()
    with desks(Path(settings.DATABASES["default"]["NAME"]), folder) as made:
        yield made


@dataclass(slots=True)
class Tally:
    """What many stories came to."""

    stories: int = 0
    days: int = 0
    statements: int = 0
    faults: int = 0
    cpu_s: float = 0.0
    broken: Result | None = None


def tell_many(
    made: Desks, seed: int, *, stories: int, days: int = DAYS, each: Callable[[Result], None] = lambda _: None
) -> Tally:
    """Story after story from a seed on, until one breaks."""
    tally, began = Tally(), time.process_time()
    for number in range(seed, seed + stories):
        result = made.tell(number, days=days)
        tally.stories, tally.days = tally.stories + 1, tally.days + result.day
        tally.statements, tally.faults = tally.statements + result.statements, tally.faults + len(result.fired)
        tally.cpu_s = time.process_time() - began
        each(result)
        if result.broken is not None:
            tally.broken = result
            break
    return tally
