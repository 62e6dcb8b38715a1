"""The desk's answers: noted, lie low, do not come; three drawn far apart, and three drawn anyhow to compare with."""

import random
from collections.abc import Iterator

import numpy as np

from benchmarks.cards import mistakes
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.tables import Small
from ojakgyo.domain.cards import columns

ROWS = 20_000
NOTED = 0


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("words")
    secret = random.Random("words")  # nosec B311 - the same rows each time
    drawn = np.array([columns.answers(secret.randbytes(32)) for _ in range(ROWS)])
    anyhow = np.argsort(dice.random((ROWS, 100)), axis=1)[:, :3]
    guess = dice.integers(0, 100, ROWS)
    assert abs((drawn == guess[:, None]).any(axis=1).mean() - 0.03) < 0.01
    yield Figure(case="words", what="a blind guess is one of the three", value=3 / 100, formula=True)
    yield Figure(case="words", what="a blind guess is noted", value=1 / 100, formula=True)
    yield Figure(case="words", what="a blind guess stops somebody", value=2 / 100, formula=True)
    for what, answers, goal in (("", drawn, {"at_most": 0.0}), (", drawn anyhow", anyhow, {})):
        made, tried = _by_one_mistake(answers)
        what_ = f"one wrong digit, a swap or a twin makes another word{what}"
        yield Figure(case="words", what=what_, value=made / tried, tries=tried, **goal)
    yield from _heard(dice, drawn, anyhow, asked.trials)


def _by_one_mistake(answers: Small) -> tuple[int, int]:
    """Of all single mistakes in all answers of these rows: how many make another answer of the row, and how many there are."""
    made = tried = 0
    for word in range(3):
        others = np.delete(answers, word, axis=1)
        for wrong in _mistaken(answers[:, word]):
            differs = wrong != answers[:, word]
            tried += int(differs.sum())
            made += int(((others == wrong[:, None]).any(axis=1) & differs).sum())
    return made, tried


def _mistaken(number: Small) -> Iterator[Small]:
    ten, unit = number // 10, number % 10
    for digit in range(10):
        yield 10 * digit + unit
        yield 10 * ten + digit
        yield np.where(ten == unit, 11 * digit, number)
    yield 10 * unit + ten


def _heard(dice: np.random.Generator, drawn: Small, anyhow: Small, count: int) -> Iterator[Figure]:
    """An answer said over a bad line, one of Verhoeff's mistakes in each; and one looked for in the row below."""
    for what, answers in (("", drawn), (", drawn anyhow", anyhow)):
        row, word = dice.integers(0, len(answers), count), dice.integers(0, 3, count)
        said = answers[row, word]
        digits = np.column_stack([said // 10, said % 10]).astype(np.int8)
        typed = mistakes.one_each(dice, digits)
        heard = _number(typed)
        other = (answers[row] == heard[:, None]).any(axis=1) & (heard != said)
        yield share("words", f"one mistake in the answer: another word{what}", int(other.sum()), count)
        moved = (answers[row, NOTED] == heard) & (word != NOTED)
        yield share(
            "words",
            f"one mistake in a stopping word: heard as noted{what}",
            int(moved.sum()),
            int((word != NOTED).sum()),
        )
    row, word = dice.integers(0, len(drawn) - 1, count), dice.integers(0, 3, count)
    below = (drawn[row + 1] == drawn[row, word][:, None]).any(axis=1)
    yield share("words", "an answer looked for in the row below: found there", int(below.sum()), count)


def _number(typed: Texts) -> Small:
    """Two digits as a number; -1 for one digit or three."""
    number = 10 * typed.digits[:, 0].astype(np.int64) + typed.digits[:, 1]
    return np.where(typed.lengths == 2, number, -1)
