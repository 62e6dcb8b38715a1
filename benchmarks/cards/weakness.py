"""The table of weaknesses: rows that were not destroyed, beside their texts; and people who are made to tell.

Each chance is drawn and, beside it, said by its formula; the page shows both. What somebody with a used row and its text
finds is not assumed: the simulation reads the number back, and writes the next message by it.
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.cards.asked import Asked
from benchmarks.cards.captor import says_well
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.reading import OK, SAID, Reader
from benchmarks.cards.tables import but, looked_up, own_numbers, windows

ROWS = ((1, 0.1, 0.5), (3, 0.1, 0.5), (6, 0.1, 0.5), (12, 0.1, 0.5), (6, 0.02, 0.5), (6, 0.3, 0.9), (12, 0.02, 0.1))
BREAKS = ((0.0, 0.0), (0.0, 0.26), (0.25, 0.0), (0.25, 0.1), (0.25, 0.26), (0.5, 0.1))
OTHERS = 72 - 1
"""Numbers that are left to a guess: all but the false one."""
WITHIN = 5.0


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("weakness")
    reader = asked.reader(dice)
    yield _read_back(reader, dice, asked.trials // 5)
    for rows, left, recovered in ROWS:
        seen = (dice.random((asked.trials, rows), np.float32) < left) & (
            dice.random((asked.trials, rows), np.float32) < recovered
        )
        exact = 1 - (1 - left * recovered) ** rows
        what = f"{rows} used rows, {left:.0%} not destroyed, {recovered:.0%} of texts recovered: number known"
        yield _beside(what, int(seen.any(axis=1).sum()), asked.trials, exact)
    for breaks, leak in BREAKS:
        yield from _asked(reader, dice, asked.trials // 5, breaks, leak)
    yield Figure(case="weakness", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def _read_back(reader: Reader, dice: np.random.Generator, count: int) -> Figure:
    """One used row and its text, and the rest of the card."""
    places, own = windows(dice, reader.rows, count, 4), own_numbers(dice, count)
    text = looked_up(reader.rows, places[:, 0], np.column_stack([own, dice.choice(SAID, count).astype(np.int8)]))
    pairs = 10 * text[:, 0:4:2] + text[:, 1:4:2]
    number = reader.rows.columns[places[:, :1], pairs]
    assert np.array_equal(number, own)
    known = says_well(reader, places[:, 1:], own, number)
    return share("weakness", "one used row and its text: accepted by the next row", int(known.is_(OK).sum()), count)


def _asked(reader: Reader, dice: np.random.Generator, count: int, breaks: float, leak: float) -> Iterator[Figure]:
    """Somebody tells the true number, or a false one; the captor believes it, or guesses another; a leak settles it."""
    places, own = windows(dice, reader.rows, count, 3), own_numbers(dice, count)
    true = dice.random(count) < breaks
    known = dice.random(count) < leak
    false = but(dice, own)
    for what, other, exact in (
        ("believes what is said", false, breaks + (1 - breaks) * leak),
        ("guesses another", but(dice, false), breaks + (1 - breaks) * (leak + (1 - leak) / OTHERS)),
    ):
        number = np.where((true | known)[:, None], own, other)
        found = int(says_well(reader, places, own, number).is_(OK).sum())
        yield _beside(
            f"truth told by {breaks:.0%}, known by a leak to {leak:.0%}, {what}: accepted", found, count, exact
        )


def _beside(what: str, found: int, count: int, exact: float) -> Figure:
    """Drawn and said; the run stops where they lie too far apart."""
    off = abs(found / count - exact) / max(1 / count, np.sqrt(exact * (1 - exact) / count))
    assert off < WITHIN, f"{what}: drawn {found / count}, said {exact}"
    return share("weakness", f"{what} (by formula {exact:.3f})", found, count)
