"""All cards of the house at once: which row of which card a text fits, however many cards there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.cards import messages, replay
from ojakgyo.domain.cards.codebook import Numbered

LONGEST: Final = 2 * (3 + 1 + messages.LONGEST)
"""Digits of the longest text: own number, meaning, suffix."""

_NO_CELL: Final = -1


@dataclass(frozen=True, slots=True)
class Fit:
    """A row of which all pairs of a text are cells; `said`: the digits they stand for. It prints no digits."""

    card: int
    row: int
    said: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Index:
    """`table` [100, rows]: the digit that a pair stands for in a row, -1 where it is no cell. It prints nothing."""

    places: tuple[tuple[int, int], ...] = field(repr=False)
    table: npt.NDArray[np.int8] = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[tuple[int, Sequence[Numbered]]]) -> "Index":
        """From each card's number and those of its rows that may be used."""
        rows = [(card, number, row) for card, numbered in entries for number, row in numbered]
        table = np.full((100, len(rows)), _NO_CELL, dtype=np.int8)
        if rows:
            cells = np.array([row.cells for _, _, row in rows])
            table[cells, np.arange(len(rows))[:, None]] = np.arange(10, dtype=np.int8)
        return cls(tuple((card, number) for card, number, _ in rows), table)

    def find(self, digits: str) -> tuple[Fit, ...]:
        """Every row of every card that a text fits, in the order they were given; of a text that is no code, none."""
        said = replay.once(digits)
        if len(said) not in range(replay.SHORTEST, LONGEST + 1, 2) or not (said.isascii() and said.isdecimal()):
            return ()
        pairs = [int(said[place : place + 2]) for place in range(0, len(said), 2)]
        columns = self.table[pairs]
        fitting = np.flatnonzero((columns != _NO_CELL).all(axis=0))
        return tuple(Fit(*self.places[place], tuple(columns[:, place].tolist())) for place in fitting.tolist())
