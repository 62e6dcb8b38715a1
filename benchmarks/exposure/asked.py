"""What the command line asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How long it may take, and what it may use.

    Parameters
    ----------
    rounds : medians of so many.
    largest : nodes; no network is larger.
    draws : worlds for the closed forms.
    peers : a Python that has the peers, None = left out.
    """

    rounds: int
    largest: int
    draws: int
    peers: str | None

    def worlds(self, *shapes: str, smallest: int = 1) -> Iterator[tuple[str, int]]:
        """The first shape at every size, the others at the largest two."""
        sizes = [size for size in SIZES if smallest <= size <= self.largest]
        for number, shape in enumerate(shapes):
            yield from ((shape, size) for size in (sizes[-2:] if number else sizes))
