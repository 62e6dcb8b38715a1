"""Which engine draws: compiled by numba, or numpy alone. Both give the same answers, to the bit."""

from dataclasses import dataclass
from typing import Literal, Protocol

from ojakgyo.domain.exposure.arrays import Bits, Floats, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.network import Network

Name = Literal["numba", "numpy"]


class Run(Protocol):
    """One cascade under way."""

    def add(self, taken: Floats, draws: Bits) -> int:
        """Draw so many worlds more, from these hours of taking (float64 [draws, seeds]); how many arrivals there were."""

    def arrivals(self, draws: int, horizon: float) -> Arrivals:
        """All of them. Nothing can be added after."""


class StartRun(Protocol):
    """Begin a cascade: `seeds` are places, the hours float64 [n] or None."""

    def __call__(
        self, network: Network, seeds: Whole, horizon: float, safe_from: Floats | None, clear_until: Floats | None
    ) -> Run: ...


class Reach(Protocol):
    """Counting under way of who is reached by whom."""

    def add(self, roots: Whole, draws: Bits) -> int:
        """From each of these places, each in its own draw; how many were reached."""

    def counts(self) -> Whole:
        """int64 [n]: how often each node was reached, the roots themselves not counted."""


class StartReach(Protocol):
    """Begin counting. `reverse`: against the links, so that what is counted is who endangers the roots."""

    def __call__(self, network: Network, horizon: float, *, reverse: bool) -> Reach: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """What an engine can do. `most`: arrivals (and draws) of one batch, about a quarter of a second of work."""

    name: Name
    most: int
    run: StartRun
    reach: StartReach


def of(name: Name | None) -> Engine:
    """The engine of this name; None: compiled where numba can be had. One that cannot be had: ``ValueError``."""
    if name not in (None, "numba", "numpy"):
        raise ValueError(f"there is no engine {name}")
    if name != "numpy":
        try:
            from ojakgyo.domain.exposure.drawing.compiled import COMPILED
        except (ImportError, RuntimeError) as missing:  # RuntimeError: nowhere to keep what was compiled
            if name == "numba":
                raise ValueError("numba cannot be used here") from missing
        else:
            return COMPILED
    from ojakgyo.domain.exposure.drawing.fallback import PLAIN

    return PLAIN
