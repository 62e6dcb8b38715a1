"""Measuring: contenders take turns, so that whatever else the machine does falls on all of them alike.

A figure is the median of its rounds; a ratio is that of two medians, with the interval in which it falls for 95 of 100
ways to draw the rounds again (bootstrap, both sides of a round drawn together).
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_AGAIN = 2_000


class Run(NamedTuple):
    """One turn: seconds of processor and of waiting, and how much was done."""

    cpu: float
    wall: float
    work: float = 1.0


class Spread(NamedTuple):
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float

    def times(self, by: float) -> "Spread":
        return Spread(self.value * by, self.low * by, self.high * by)


class Rounds(NamedTuple):
    """All turns of one contender."""

    cpu: Floats
    wall: Floats
    work: Floats

    def each(self, clock: str = "cpu") -> Floats:
        """Seconds for one piece of work, in each round."""
        return np.asarray(getattr(self, clock) / self.work)

    def median(self, clock: str = "cpu") -> Spread:
        each = self.each(clock)
        return _spread(lambda rounds: np.median(each[rounds], axis=-1), each.size)


def timed(work: Callable[[], float | None]) -> Callable[[], Run]:
    """A contender of this process; what it answers is how much it did, nothing means one piece."""

    def turn() -> Run:
        cpu, wall = time.process_time(), time.perf_counter()
        done = work()
        return Run(time.process_time() - cpu, time.perf_counter() - wall, 1.0 if done is None else float(done))

    return turn


def interleaved(contenders: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Rounds]:
    """One turn each that does not count, then so many rounds; every second round goes backwards."""
    for turn in contenders.values():
        turn()
    taken: dict[str, list[Run]] = {name: [] for name in contenders}
    for number in range(rounds):
        order = list(contenders.items())
        for name, turn in order[:: 1 if number % 2 else -1]:
            taken[name].append(turn())
    return {name: Rounds(*np.array(runs).T) for name, runs in taken.items()}


def ratio(above: Rounds, below: Rounds, clock: str = "cpu") -> Spread:
    """How many times as long `above` takes for a piece of work."""
    one, other = above.each(clock), below.each(clock)
    return _spread(lambda rounds: np.median(one[rounds], axis=-1) / np.median(other[rounds], axis=-1), one.size)


def load() -> float:
    """What waits for a processor, of the last minute."""
    return os.getloadavg()[0]


def warn_if_busy() -> None:
    if load() > 1.0:
        print(f"load {load():.2f}: others use this machine, trust the ratios only", file=sys.stderr)


def _spread(figure: Callable[[npt.NDArray[np.int64]], Floats], rounds: int) -> Spread:
    drawn = np.random.default_rng(0).integers(0, rounds, (_AGAIN, rounds))
    low, high = np.quantile(figure(drawn), (0.025, 0.975))
    return Spread(float(figure(np.arange(rounds))), float(low), float(high))
