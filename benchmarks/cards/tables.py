"""Rows of cards as tables of permutations: drawn by the product, laid out so that a million texts are read at once."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.cards import columns
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.cards.own_number import DRAWN_FROM

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int8]

KEPT: Final = 32_768
"""Rows a run draws its cards from; three at random make 35 million million different windows."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Many rows.

    Parameters
    ----------
    cells : int8 [rows, 10], the cell of each digit, 0..99.
    columns : int8 [rows, 100], the digit whose cell it is; -1 where it is nobody's.
    """

    cells: Small
    columns: Small

    @classmethod
    def of(cls, cells: npt.ArrayLike) -> "Rows":
        table = np.asarray(cells, np.int8)
        columns = np.full((len(table), 100), -1, np.int8)
        np.put_along_axis(columns, table.astype(np.int64), np.arange(10, dtype=np.int8)[None, :], axis=1)
        return cls(table, columns)

    def __len__(self) -> int:
        return len(self.cells)

    def row(self, place: int) -> Row:
        """The product's own row of these cells."""
        return Row(tuple(int(cell) for cell in self.cells[place]), (11, 22, 33), 5, 6)


@cache
def drawn(count: int = KEPT, seed: int = 1) -> Rows:
    """Rows as the product draws them, each from a state of its own."""
    dice = random.Random(f"cards {seed}")  # nosec B311 - the same rows each time
    return Rows.of([columns.cells(dice.randbytes(32)) for _ in range(count)])


def relabelled(rows: Rows, dice: np.random.Generator, places: Whole) -> tuple[Rows, Whole]:
    """Windows of three rows that hold the same cells for other digits, so that every text fits all of them.

    Real cards hardly ever do that; here it is how the rare branches of a reading are come by. `places`: [windows].
    """
    others = rows.cells[places]
    swapped = others.copy()
    one, other = (dice.integers(0, 10, len(places)) for _ in range(2))
    each = np.arange(len(places))
    swapped[each, one], swapped[each, other] = others[each, other], others[each, one]
    table = np.stack([dice.permuted(others, axis=1), swapped, others], axis=1)
    order = dice.permuted(np.tile(np.arange(3), (len(places), 1)), axis=1)
    table = np.take_along_axis(table, order[:, :, None], axis=1)
    return Rows.of(table.reshape(-1, 10)), np.arange(3 * len(places)).reshape(-1, 3)


def windows(dice: np.random.Generator, rows: Rows, count: int, ahead: int) -> Whole:
    """int64 [count, ahead]: the rows that somebody's card has next, no row twice on one card."""
    places = dice.integers(0, len(rows), (count, ahead))
    while (twice := (np.diff(np.sort(places, axis=1), axis=1) == 0).any(axis=1)).any():
        places[twice] = dice.integers(0, len(rows), (int(twice.sum()), ahead))
    return places


def own_numbers(dice: np.random.Generator, count: int, digits: int = 2) -> Small:
    """int8 [count, digits]: different digits of 1..9, each as likely as any, as the product draws them."""
    chosen = np.empty((count, 0), np.int8)
    for already in range(digits):
        next_ = dice.integers(0, len(DRAWN_FROM) - already, count, np.int8)
        for other in np.sort(chosen, axis=1).T:
            next_ += next_ >= other
        chosen = np.column_stack([chosen, next_])
    return chosen + np.int8(DRAWN_FROM.start)


def but(dice: np.random.Generator, *taken: Small) -> Small:
    """A number for each line that is none of these, as any other would be drawn."""
    found = own_numbers(dice, *taken[0].shape)
    while (again := np.any([np.all(found == each, axis=1) for each in taken], axis=0)).any():
        found[again] = own_numbers(dice, int(again.sum()), found.shape[1])
    return found


def looked_up(rows: Rows, places: Whole, said: npt.ArrayLike) -> Small:
    """int8 [count, 2 * said]: the digits that somebody writes. `places`: the row for each, or for each digit of each."""
    digits = np.asarray(said, np.int64)
    where = places if places.ndim == 2 else places[:, None]
    cells = rows.cells[where, digits]
    return np.stack([cells // 10, cells % 10], axis=2).reshape(len(digits), -1)


def written(text: Sequence[int]) -> str:
    return "".join(map(str, text))
