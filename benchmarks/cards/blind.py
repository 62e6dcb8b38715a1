"""Somebody has the right phone and nothing else, and sends digits."""

from collections.abc import Iterator, Sequence
from math import perm
from typing import Final

import numpy as np

from benchmarks.cards import people
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.reading import DURESS, OK, SAID, SLIP, Flags, Reader
from benchmarks.cards.tables import Small, Whole, looked_up, own_numbers, windows

CARDS, SWEPT = 20_000, 10
ENOUGH = 100
WELL, DELAYED = 0, 1
BLIND_LIMIT = 5e-6
ROW_FITS = 10**3 / 100**3
"""Of a text at random in one row: every pair is a cell."""


def measured(asked: Asked) -> Iterator[Figure]:
    """By count: only the right texts of a card's rows can be OK, so these are read; and for some cards all there are."""
    dice = asked.dice("blind")
    reader = asked.reader(dice)
    yield from _by_count(reader, dice, ahead=3, digits=2, goal=BLIND_LIMIT)
    yield from _by_count(reader, dice, ahead=5, digits=2, said=", two late rows beside the three", goal=BLIND_LIMIT)
    yield from _by_count(reader, dice, ahead=3, digits=3, said=", own number of three digits", goal=BLIND_LIMIT)
    yield from _of_one_person(reader, dice)
    yield from _all_texts(reader, dice)
    yield from _patterns(reader, dice)
    for length in (8, 14):
        places, own = windows(dice, reader.rows, asked.trials, 3), own_numbers(dice, asked.trials)
        read = reader.read(people.blind(dice, asked.trials, length), places, own)
        yield share("blind", f"a text of {length} digits accepted", int(read.is_(OK).sum()), asked.trials)
    yield Figure(case="blind", what="challenge answered: its row, its digit", value=1e-6, formula=True)
    yield Figure(case="blind", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def accepted(reader: Reader, places: Whole, own: Small, said_by: Sequence[int] = tuple(SAID)) -> Flags:
    """bool [cards, rows, meanings, 7 unless said]: whether the right text of that row and meaning is OK, by that very row.

    Nothing else can be OK, so this is every text that is. One that is right in two rows counts once.
    """
    found = np.zeros((*places.shape, len(said_by)), bool)
    for row in range(places.shape[1]):
        for number, meaning in enumerate(said_by):
            said = np.column_stack([own, np.full(len(own), meaning, np.int8)])
            texts = Texts.of(looked_up(reader.rows, places[:, row], said))
            read = reader.read(texts, places, own)
            found[:, row, number] = read.is_(OK) & (read.row == row) & (read.meaning == meaning)
    return found


def _by_count(
    reader: Reader, dice: np.random.Generator, *, ahead: int, digits: int, goal: float, said: str = ""
) -> Iterator[Figure]:
    places, own = windows(dice, reader.rows, CARDS, ahead), own_numbers(dice, CARDS, digits)
    right = accepted(reader, places, own)
    tries = CARDS * 10 ** (2 * (digits + 1))
    well, sound = int(right[:, :, SAID == WELL].sum()), int(right[:, :, SAID <= DELAYED].sum())
    yield Figure(case="blind", what=f"accepted as all well{said}", value=well / tries, tries=tries, at_most=goal)
    yield Figure(case="blind", what=f"accepted as well or delayed but well{said}", value=sound / tries, tries=tries)
    yield Figure(case="blind", what=f"accepted in any meaning{said}", value=int(right.sum()) / tries, tries=tries)


PEOPLE: Final = (
    ("the card in use and the next one", (3, 3)),
    ("the card in use, the next one and three late rows of a retired one", (3, 3, 3)),
    ("a card the desk is behind of", (12,)),
)


def _of_one_person(reader: Reader, dice: np.random.Generator) -> Iterator[Figure]:
    """One text is read on every card of somebody, each with an own number of its own: about one in a million a row.

    A text that is right on two cards counts twice. On a card the desk is behind of it is not accepted: it waits for another
    in the row beside.
    """
    for what, rows in PEOPLE:
        well, tries = 0, CARDS * 1_000_000
        for ahead in rows:
            places, own = windows(dice, reader.rows, CARDS, ahead), own_numbers(dice, CARDS)
            well += int(accepted(reader, places, own, (WELL,)).sum())
        said = f"{sum(rows)} rows, {what}: all well"
        yield Figure(case="blind", what=said, value=well / tries, tries=tries, at_most=BLIND_LIMIT, beyond=True)
    fits = 2 * 11 / 12 * ROW_FITS
    beside = "and a second at random fits the row beside, by any number"
    yield Figure(case="blind", what=beside, value=well / tries * fits, formula=True)


def _patterns(reader: Reader, dice: np.random.Generator) -> Iterator[Figure]:
    """Somebody who knows how rows are built, and writes what is likeliest: no pair that no row has, or a pair twice.

    Rows are drawn alike whatever the digits are called, so all texts of one pattern are as likely: 374837 and 586258.
    """
    count = 3 * CARDS
    places, own = windows(dice, reader.rows, count, 3), own_numbers(dice, count)
    right = accepted(reader, places, own)
    tables: dict[str, dict[str, int]] = {"as all well": {}, "in any meaning": {}}
    for row in range(3):
        for number, meaning in enumerate(SAID):
            these = right[:, row, number]
            said = np.column_stack([own[these], np.full(int(these.sum()), meaning, np.int8)])
            for pattern, times in _counted(looked_up(reader.rows, places[these, row], said)):
                tables["in any meaning"][pattern] = tables["in any meaning"].get(pattern, 0) + times
                if meaning == WELL:
                    tables["as all well"][pattern] = tables["as all well"].get(pattern, 0) + times
    for accepted_, table in tables.items():
        likely = {pattern: times / _texts_of(pattern) for pattern, times in table.items() if times >= ENOUGH}
        best = max(likely, key=likely.__getitem__)
        what = f"the likeliest pattern, {best}, accepted {accepted_}"
        yield Figure(case="blind", what=what, value=likely[best] / count, tries=count)


def _counted(texts: Small) -> Iterator[tuple[str, int]]:
    """Each pattern, digits called a, b, c in the order they come, and how many texts have it."""
    first = (texts[:, :, None] == texts[:, None, :]).argmax(axis=2)
    new = np.cumsum(first == np.arange(6), axis=1) - 1
    names = np.take_along_axis(new, first, axis=1)
    kinds, times = np.unique(names, axis=0, return_counts=True)
    for kind, count in zip(kinds, times, strict=True):
        yield "".join("abcdef"[each] for each in kind), int(count)


def _texts_of(pattern: str) -> int:
    return perm(10, len(set(pattern)))


def _all_texts(reader: Reader, dice: np.random.Generator) -> Iterator[Figure]:
    """Every text there is, on some cards: what is accepted is what was counted, and what the rest is."""
    texts = people.every_text()
    places, own = windows(dice, reader.rows, SWEPT, 3), own_numbers(dice, SWEPT)
    counts = np.zeros(6, np.int64)
    for card in range(SWEPT):
        mine = (
            np.repeat(places[card : card + 1], len(texts), axis=0),
            np.repeat(own[card : card + 1], len(texts), axis=0),
        )
        read = reader.read(texts, *mine)
        counts += np.bincount(read.result, minlength=6)
        assert read.is_(OK).sum() == accepted(reader, places[card : card + 1], own[card : card + 1]).sum()
    tries = SWEPT * len(texts)
    for what, result in (("as duress", DURESS), ("as a slip", SLIP)):
        yield Figure(case="blind", what=f"a text of six digits read {what}", value=counts[result] / tries, tries=tries)
