"""What follows a meaning: whether a mistake turns an amount, or a pocket number, into another one that is believed."""

from collections.abc import Iterator

import numpy as np

from benchmarks.cards import people
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.people import Sent, Slips
from benchmarks.cards.reading import OK, Read, Reader
from benchmarks.cards.tables import Small
from ojakgyo.domain.cards import pocket

POCKETS, HOLDERS = 5, 300
COLUMN_ONLY = Slips(keying=0.0, column=0.003, row=0.0, cell=0.0, turned=0.0, wrong=0.0, forgotten=0.0)


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("suffixes")
    reader = asked.reader(dice)
    for cells in (1, 2, 3, 4):
        for what, slips in (("one keying error", people.FINGERS_ONLY), ("an eye .3 % off a digit", COLUMN_ONLY)):
            sent = people.messages(dice, reader.rows, asked.trials, slips, suffix=cells)
            other = _another(sent, reader.read(sent.texts, sent.places, sent.own))
            goal = {"at_most": 5e-4} if slips == people.FINGERS_ONLY else {}
            yield share("suffixes", f"{what}: another amount believed, {cells} digits", other, asked.trials, **goal)
    yield _shorter(reader, dice, asked.trials)
    yield from _pockets(asked, dice)
    yield Figure(case="suffixes", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def _another(sent: Sent, read: Read) -> int:
    """Messages believed with other digits after the meaning than were meant, or with another meaning that takes them."""
    meant = np.full(read.suffix.shape, -1, np.int8)
    meant[:, : sent.suffix.shape[1]] = sent.suffix
    return int((read.is_(OK) & ((read.suffix != meant).any(axis=1) | (read.meaning != sent.meaning))).sum())


def _shorter(reader: Reader, dice: np.random.Generator, count: int) -> Figure:
    """A whole cell of four forgotten: nothing in a code says how long an amount was."""
    sent = people.messages(dice, reader.rows, count, Slips(**dict.fromkeys(Slips.__slots__, 0.0)), suffix=4)
    left = 6 + 2 * dice.integers(0, 4, count)
    whole = sent.texts.digits[:, :14]
    kept = np.ones(whole.shape, bool)
    each = np.arange(count)
    kept[each, left] = kept[each, left + 1] = False
    short = Texts.of(whole[kept].reshape(count, -1))
    other = int(reader.read(short, sent.places, sent.own).is_(OK).sum())
    return share("suffixes", "a whole cell of an amount left out: believed", other, count)


def _pockets(asked: Asked, dice: np.random.Generator) -> Iterator[Figure]:
    """One digit misread or two swapped, of a number of a holder who has five: whether it is another of the five."""
    for what, numbers in (
        ("drawn far apart", [_far(dice) for _ in range(HOLDERS)]),
        ("counted from 1", [list(range(1, POCKETS + 1))]),
    ):
        table = np.array(numbers, np.int8)
        mine = table[dice.integers(0, len(table), asked.trials)]
        meant = mine[np.arange(asked.trials), dice.integers(0, POCKETS, asked.trials)]
        for slip, said in (
            ("the column beside", _beside(dice, meant)),
            ("its digits swapped", meant % 10 * 10 + meant // 10),
        ):
            taken = ((mine == said[:, None]).any(axis=1) & (said != meant)).sum()
            yield share("suffixes", f"pocket number, {slip}: another of five, {what}", int(taken), asked.trials)


def _far(dice: np.random.Generator) -> list[int]:
    taken: list[int] = []
    for _ in range(POCKETS):
        taken.append(pocket.draw(taken, dice.bytes))
    return taken


def _beside(dice: np.random.Generator, number: Small) -> Small:
    """One of its digits looked up in the column beside."""
    tens = dice.random(len(number)) < 0.5
    step = dice.choice((-1, 1), len(number))
    ten = np.clip(number // 10 + step * tens, 0, 9)
    unit = np.clip(number % 10 + step * ~tens, 0, 9)
    return (10 * ten + unit).astype(np.int8)
