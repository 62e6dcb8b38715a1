"""The rows of a card, drawn from its state alone. Who prints holds this and no own number."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ojakgyo.domain.cards import columns
from ojakgyo.domain.facts import DeskWord
from ojakgyo.domain.sealing import ratchet

ROWS: Final = 12
"""Rows printed on one card."""

AHEAD: Final = 3
"""Rows a reading looks ahead, the next one included."""

LATE_HOURS: Final = 48
"""How long a row that was passed over may still be used."""


WORDS: Final = (DeskWord.NOTED, DeskWord.LIE_LOW, DeskWord.DO_NOT_COME)
"""In the order of a row's answers, for ever."""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row: a cell for each digit, the desk's answers, days and hour until the next contact. It prints nothing."""

    cells: tuple[int, ...]
    answers: tuple[int, ...]
    gap: int
    hour: int

    def __repr__(self) -> str:
        return "Row()"

    def answer(self, word: DeskWord) -> str:
        """The two digits by which the desk says this word, and shows that it is the desk."""
        return f"{self.answers[WORDS.index(word)]:02}"

    def looked_up(self, digits: Iterable[int]) -> str:
        """The cells of these digits, written one after the other."""
        return "".join(f"{self.cells[digit]:02}" for digit in digits)

    def read_back(self, written: str) -> tuple[int, ...] | None:
        """The digits whose cells these are; None where one pair is no cell. `written`: 0-9 only, an even number."""
        pairs = [int(written[place : place + 2]) for place in range(0, len(written), 2)]
        if not set(pairs) <= set(self.cells):
            return None
        return tuple(self.cells.index(pair) for pair in pairs)


Numbered = tuple[int, Row]
"""A row with its number, counted from 0 at the card's first."""


def row(state: bytes) -> Row:
    return Row(columns.cells(state), columns.answers(state), columns.gap(state), columns.hour(state))


def rows_ahead(state: bytes, count: int) -> tuple[Row, ...]:
    """The row of this state and those after it, nearest first."""
    drawn = []
    for _ in range(count):
        drawn.append(row(state))
        state = ratchet.step(state)
    return tuple(drawn)


def numbered(rows: Iterable[Row], *, first: int) -> tuple[Numbered, ...]:
    return tuple(enumerate(rows, first))


def state_after(state: bytes, used: int) -> bytes:
    """The state once this many rows are behind it; keep it in the old one's place."""
    for _ in range(used):
        state = ratchet.step(state)
    return state


def packed(kept: Row) -> str:
    """A row in 30 digits, for keeping one that was passed over.

    Its state must not be kept for that: from it every later row follows, used ones too.
    """
    return "".join(f"{value:02}" for value in (*kept.cells, *kept.answers, kept.gap, kept.hour))


def unpacked(written: str) -> Row:
    """The row that `packed` wrote; anything but 30 digits is a ``ValueError``."""
    if len(written) != 30 or not (written.isascii() and written.isdecimal()):
        raise ValueError("a packed row has 30 digits")
    values = iter([int(written[place : place + 2]) for place in range(0, 30, 2)])
    return Row(tuple(islice(values, 10)), tuple(islice(values, columns.ANSWERS)), next(values), next(values))
