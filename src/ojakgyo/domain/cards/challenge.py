"""The desk's question by voice: a row of the card, counted from the top, and a digit to look up behind the own number.

The desk shows by the top row that it is the desk, so it asks for a row under that one: who tears off the row of an answer
still has the row of the question.
"""

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


def draw(randomness: Randomness, first_row: int, *, left: int) -> Challenge:
    """A question nobody can foresee: the second or third row from the top and a guard, each equally likely.

    `first_row`: the next unused one; `left`: so many are on the paper, 1 or more. Of the last one alone: that row.

    Only guards are asked for, since nobody sends them by themselves: a message that comes meanwhile is not taken for the
    answer, and an answer that comes too late is not taken for a message.
    """
    if left < 1:
        raise ValueError("no row is left to ask for")
    under = min(left, AHEAD) - 1
    choices = max(1, under) * len(ASKED)
    while (octet := randomness(1)[0]) >= 256 - 256 % choices:
        continue
    row, place = divmod(octet % choices, len(ASKED))
    return Challenge(first_row + row + min(1, under), ASKED[place])
