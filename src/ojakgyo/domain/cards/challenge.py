"""The desk's question by voice: a row of the card, counted from the top, and a digit to look up behind the own number."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.cards import meanings
from ojakgyo.domain.cards.codebook import AHEAD
from ojakgyo.domain.cards.own_number import Randomness
from ojakgyo.domain.values.instants import MINUTE_MS

HOLDS_MS: Final = 10 * MINUTE_MS
"""How long an answer is waited for."""

ASKED: Final = tuple(digit for digit, meaning in enumerate(meanings.BY_DIGIT) if meaning in meanings.GUARDS)
"""The digits that are asked for: 2, 5 and 9."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """`row`: counted from 0 at the card's first; `digit`: 0..9."""

    row: int
    digit: int


def draw(randomness: Randomness, first_row: int) -> Challenge:
    """A question nobody can foresee: one of the next rows from `first_row` on and a guard, each equally likely.

    Only guards are asked for, since nobody sends them by themselves: a message that comes meanwhile is not taken for the
    answer, and an answer that comes too late is not taken for a message.
    """
    choices = AHEAD * len(ASKED)
    while (octet := randomness(1)[0]) >= 256 - 256 % choices:
        continue
    row, place = divmod(octet % choices, len(ASKED))
    return Challenge(first_row + row, ASKED[place])
