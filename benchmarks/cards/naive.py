"""The scheme people think of first, to compare with: "send the printed code, add your secret digits at its end".

Each printed row has four digits that name it, then three. The helper adds, digit by digit and without carrying, the two
digits of a secret number to the fifth and sixth, and the meaning to the seventh. Any other secret number is duress.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.cards import mistakes
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.reading import DURESS, GARBLED, MALFORMED, OK, SAID, Read
from benchmarks.cards.tables import Small, own_numbers

LENGTH = 7


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages on their way. `printed`: int8 [messages, rows, 7]."""

    texts: Texts
    printed: Small
    own: Small
    meaning: Small


def messages(dice: np.random.Generator, count: int, *, keying: float = 1.0, ahead: int = 3) -> Sent:
    printed = dice.integers(0, 10, (count, ahead, LENGTH)).astype(np.int8)
    own, meaning = own_numbers(dice, count), dice.choice(SAID, count).astype(np.int8)
    meant = added(printed[:, 0], own, meaning)
    texts = Texts.of(meant).where(dice.random(count) < keying, mistakes.one_each(dice, meant))
    return Sent(texts, printed, own, meaning)


def added(printed: Small, own: Small, meaning: Small) -> Small:
    meant = printed.copy()
    meant[:, 4:6] = (meant[:, 4:6] + own) % 10
    meant[:, 6] = (meant[:, 6] + meaning) % 10
    return meant


def read(texts: Texts, printed: Small, own: Small) -> Read:
    """OK, DURESS, GARBLED or MALFORMED: it has no way to tell a slip."""
    found = Read.nothing(len(texts))
    typed = texts.digits[:, :LENGTH]
    named = (typed[:, None, :4] == printed[:, :, :4]).all(axis=2)
    row = named.argmax(axis=1)
    left = (typed[:, 4:] - printed[np.arange(len(row)), row, 4:]) % 10
    fits = named.any(axis=1)
    found.result[fits] = np.where((left[:, :2] == own).all(axis=1), OK, DURESS)[fits]
    found.row[fits], found.meaning[fits] = row[fits], left[fits, 2]
    for whole in (found.row, found.meaning):
        whole[texts.lengths != LENGTH] = -1
    found.result[~fits] = GARBLED
    found.result[texts.lengths != LENGTH] = MALFORMED
    return found
