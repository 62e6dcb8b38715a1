"""The simulation against the product: every kind of text, on cards as they are drawn and on cards made to be awkward.

On drawn cards a text hardly ever fits two rows, or fits one and lies a keying error from another. So a third of these windows
hold the same cells for other digits, where every text fits all rows and the order of rows and of rules decides; and a third
hold a row that a mistyped text of another row fits. Windows have three, five or twelve rows, and on half of the cards a row is
asked for by voice.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from benchmarks.cards import people
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure
from benchmarks.cards.mistakes import Texts, one_each, one_wrong_digit, swapped
from benchmarks.cards.people import Slips
from benchmarks.cards.reading import LONGEST, RESULTS, Reader, told
from benchmarks.cards.tables import Rows, Small, Whole, drawn, looked_up, own_numbers, relabelled, windows

CLUMSY = Slips(keying=0.5, column=0.1, row=0.2, cell=0.1, turned=0.1, wrong=0.1, forgotten=0.2)
TEXTS = 12_000
AHEAD = (3, 5, 12)
"""Rows that are handed in: as ever, with late ones, and all of a card the desk is behind of."""


def measured(asked: Asked) -> Iterator[Figure]:
    counts = agreed(drawn(), asked.dice("agreement"), TEXTS)
    for result, count in zip(RESULTS, counts, strict=True):
        what = f"texts that both read as {result}"
        yield Figure(case="agreement", what=what, value=float(count), unit="texts", at_least=50)


def agreed(rows: Rows, dice: np.random.Generator, count: int) -> Whole:
    """How many texts of each result both read alike; an AssertionError at the first that they do not."""
    counts = np.zeros(len(RESULTS), np.int64)
    kinds = list(product((2, 3), range(LONGEST + 1), (_drawn, _same_cells, _mistyped), AHEAD))
    for number, (digits, suffix, made, ahead) in enumerate(kinds):
        share = count * (number + 1) // len(kinds) - count * number // len(kinds)
        counts += _read_alike(dice, *_longer(rows, dice, made(rows, dice, share, digits, suffix), ahead))
    return counts


def _read_alike(dice: np.random.Generator, rows: Rows, texts: Texts, places: Whole, own: Small) -> Whole:
    """Every one of these texts by both; some as if they had been used before."""
    used = dice.random(len(texts)) < 0.03
    reader = Reader(rows, dice, sample=0)
    asked = _asked(dice, rows, texts, places, own)
    read = reader.read(texts, places, own, used, asked)
    for place in range(len(texts)):
        mine = told(read, place)
        reader.check(texts.text(place), places[place], own[place], mine, held=bool(used[place]), asked=asked[place])
    return np.bincount(read.result, minlength=len(RESULTS))


def _asked(dice: np.random.Generator, rows: Rows, texts: Texts, places: Whole, own: Small) -> Small:
    """On half of the cards a row and a digit were asked for, mostly what the text says in a row that it fits."""
    count, digits = own.shape
    pairs = 10 * texts.digits[:, 0 : 2 * digits + 2 : 2] + texts.digits[:, 1 : 2 * digits + 2 : 2]
    said = rows.columns[places[:, :, None], pairs[:, None, :]]
    row = ((said >= 0).all(axis=2) + dice.random(said.shape[:2])).argmax(axis=1)
    digit = said[np.arange(count), row, digits]
    other = (dice.random(count) < 0.3) | (digit < 0)
    asked = np.column_stack([row, np.where(other, dice.integers(0, 10, count), digit)]).astype(np.int8)
    return np.where((dice.random(count) < 0.5)[:, None], asked, np.int8(-1))


Made = tuple[Rows, Texts, Whole, Small]


def _longer(rows: Rows, dice: np.random.Generator, made: Made, ahead: int) -> Made:
    """Windows with rows as they are drawn beside those that were made, in any order."""
    table, texts, places, own = made
    more = windows(dice, rows, len(places), ahead - places.shape[1]) + len(table)
    order = dice.permuted(np.column_stack([places, more]), axis=1)
    return Rows.of(np.concatenate([table.cells, rows.cells])), texts, order if more.size else places, own


def _drawn(rows: Rows, dice: np.random.Generator, count: int, digits: int, suffix: int) -> Made:
    places, own = windows(dice, rows, count, 3), own_numbers(dice, count, digits)
    return rows, _texts(rows, dice, places, own, suffix), places, own


def _same_cells(rows: Rows, dice: np.random.Generator, count: int, digits: int, suffix: int) -> Made:
    table, places = relabelled(rows, dice, dice.integers(0, len(rows), count))
    own = own_numbers(dice, count, digits)
    return table, _texts(table, dice, places, own, suffix), places, own


def _mistyped(rows: Rows, dice: np.random.Generator, count: int, digits: int, suffix: int) -> Made:
    """A text of one row, by any number; and a row beside it in which a text one keying error away is right."""
    places, own = windows(dice, rows, count, 3), own_numbers(dice, count, digits)
    number, meaning = own_numbers(dice, count, digits), dice.integers(0, 10, count).astype(np.int8)
    after = dice.integers(0, 10, (count, suffix)).astype(np.int8)
    typed = looked_up(rows, places[:, 0], np.column_stack([number, meaning, after]))
    meant = np.where((dice.random(count) < 0.7)[:, None], one_wrong_digit(dice, typed), swapped(dice, typed))
    right = np.column_stack([own, dice.integers(0, 10, count), after])
    beside = [
        _row_with(rows.cells[row], dict(zip(said.tolist(), pairs.tolist(), strict=True)))
        for row, said, pairs in zip(places[:, 1], right, 10 * meant[:, 0::2] + meant[:, 1::2], strict=True)
    ]
    table = np.stack([rows.cells[places[:, 0]], beside, rows.cells[places[:, 2]]], axis=1)
    order = dice.permuted(np.tile(np.arange(3), (count, 1)), axis=1)
    table = np.take_along_axis(table, order[:, :, None], axis=1).reshape(-1, 10)
    return Rows.of(table), Texts.of(typed), np.arange(3 * count).reshape(-1, 3), own


def _row_with(cells: Small, wanted: dict[int, int]) -> list[int]:
    """A row that has these cells for these digits, each once, and for the others what it had."""
    wanted = {digit: cell for digit, cell in wanted.items() if list(wanted.values()).count(cell) == 1}
    spare = [int(cell) for cell in cells if int(cell) not in wanted.values()]
    return [wanted[digit] if digit in wanted else spare.pop() for digit in range(10)]


def _texts(rows: Rows, dice: np.random.Generator, places: Whole, own: Small, suffix: int) -> Texts:
    """Mostly what a clumsy helper writes, any meaning and any digits after it; some digits at random, some codes twice."""
    count, digits = own.shape
    after = dice.integers(0, 10, (count, suffix + 1)).astype(np.int8)
    if suffix == digits + 1:  # now and then a second code
        again = np.flatnonzero(dice.random(count) < 0.3)
        after[again, 1:-1] = own[again]
        after[again, 0] = dice.choice((6, 7), len(again))
    number = people.remembered(dice, own, CLUMSY)
    said = np.column_stack([number, after])
    row = np.where(dice.random(count) < 0.6, 0, dice.integers(0, places.shape[1], count))
    text = looked_up(rows, places[np.arange(count), row], said)
    clumsy = Texts.of(text).where(dice.random(count) < CLUMSY.keying, one_each(dice, text))
    blind = people.blind(dice, count, text.shape[1])
    twice = Texts.of(np.tile(text, (1, 2)))
    return clumsy.where(dice.random(count) < 0.05, blind).where(dice.random(count) < 0.05, twice)
