"""Who writes: helpers who slip, helpers under pressure, captors, and machines that try everything."""

from dataclasses import dataclass

import numpy as np

from benchmarks.cards import mistakes
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.reading import SAID
from benchmarks.cards.tables import Rows, Small, Whole, looked_up, own_numbers, windows


@dataclass(frozen=True, slots=True)
class Slips:
    """How often a message has each slip. All but `keying` are assumed, none was ever counted on people with cards.

    keying : one of Verhoeff's mistakes. column : for each digit looked up, the column beside it. row : the whole message in the
    row below. cell : one digit in the row below. turned, wrong, forgotten : the own number turned round, one digit of it
    wrong, another number altogether.
    """

    keying: float = 0.03
    column: float = 0.003
    row: float = 0.005
    cell: float = 0.002
    turned: float = 0.003
    wrong: float = 0.003
    forgotten: float = 0.001


FINGERS_ONLY = Slips(keying=1.0, column=0, row=0, cell=0, turned=0, wrong=0, forgotten=0)
EYES_AND_MEMORY_ONLY = Slips(keying=0.0)


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages on their way. `meaning`: the digit that was meant; `suffix`: int8 [messages, cells], the digits after it."""

    texts: Texts
    places: Whole
    own: Small
    meaning: Small
    suffix: Small


def messages(
    dice: np.random.Generator, rows: Rows, count: int, slips: Slips, *, ahead: int = 3, digits: int = 2, suffix: int = 0
) -> Sent:
    """Helpers who are free and write what is so, with the slips people make.

    `digits`: of the own number; `suffix`: digits after the meaning, which is then "received".
    """
    places, own = windows(dice, rows, count, ahead), own_numbers(dice, count, digits)
    meaning = dice.choice(SAID, count).astype(np.int8) if not suffix else np.full(count, 6, np.int8)
    after = dice.integers(0, 10, (count, suffix)).astype(np.int8)
    said = np.column_stack([remembered(dice, own, slips), meaning, after])
    meant = looked_up(rows, *_looked_at(dice, places, said, slips))
    texts = Texts.of(meant).where(dice.random(count) < slips.keying, mistakes.one_each(dice, meant))
    return Sent(texts, places, own, meaning, after)


def remembered(dice: np.random.Generator, own: Small, slips: Slips) -> Small:
    """The number as it comes to mind."""
    count, digits = own.shape
    number = np.where((dice.random(count) < slips.turned)[:, None], own[:, ::-1], own)
    wrong = np.flatnonzero(dice.random(count) < slips.wrong)
    place = dice.integers(0, digits, len(wrong))
    number[wrong, place] = (number[wrong, place] + dice.integers(1, 10, len(wrong))) % 10
    forgotten = np.flatnonzero(dice.random(count) < slips.forgotten)
    number[forgotten] = own_numbers(dice, len(forgotten), digits)
    return number.astype(np.int8)


def _looked_at(dice: np.random.Generator, places: Whole, said: Small, slips: Slips) -> tuple[Whole, Small]:
    """The row and the column where the eye ends, for each digit."""
    beside = dice.choice((-1, 1), said.shape) * (dice.random(said.shape) < slips.column)
    columns = np.clip(said + beside, 0, 9).astype(np.int8)
    where = np.repeat(places[:, :1], said.shape[1], axis=1)
    if places.shape[1] > 1:
        below = np.flatnonzero(dice.random(len(said)) < slips.row)
        where[below] = places[below, 1:2]
        once = np.flatnonzero(dice.random(len(said)) < slips.cell)
        where[once, dice.integers(0, said.shape[1], len(once))] = places[once, 1]
    return where, columns


def blind(dice: np.random.Generator, count: int, length: int = 6) -> Texts:
    """Digits at random, by somebody with the right phone and nothing else."""
    return Texts.of(dice.integers(0, 10, (count, length)).astype(np.int8))


def every_text() -> Texts:
    """All texts of six digits."""
    digits = np.arange(1_000_000)[:, None] // 10 ** np.arange(5, -1, -1)[None, :] % 10
    return Texts.of(digits.astype(np.int8))
