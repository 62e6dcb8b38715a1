"""The own number: two different digits a helper knows by heart, told aloud, never written beside a card.

Any other number says "somebody makes me write this". Three digits are possible too; the product draws two.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import prod
from typing import Final

COUNTS: Final = (2, 3)
"""How many digits an own number may have."""

DRAWN_FROM: Final = range(1, 10)
"""Digits that are drawn: 72 or 504 numbers.

Without 0, the meaning that is said most: its cell would stand twice in every "all well", in sight of who reads along.
"""

_REFUSAL: Final = "an own number has two or three different digits"

Randomness = Callable[[int], bytes]
"""randomness(n) returns n random bytes."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """Two or three different digits in their order; 0 may lead. It prints nothing."""

    digits: tuple[int, ...] = field(repr=False)

    def __post_init__(self) -> None:
        plain = all(0 <= digit <= 9 for digit in self.digits)
        if not plain or len(self.digits) not in COUNTS or len(set(self.digits)) != len(self.digits):
            raise ValueError(_REFUSAL)

    def written(self) -> str:
        """For sealing and for telling it to its owner once, for instance 37."""
        return "".join(map(str, self.digits))

    def nearly(self, said: tuple[int, ...]) -> bool:
        """Whether these digits, as many as the own ones and not the same, are what an unhurt person might slip to.

        Two neighbouring digits exchanged (37 turned round), or one digit missed by one column.
        """
        wrong = [place for place, own in enumerate(self.digits) if said[place] != own]
        if len(wrong) == 1:
            return abs(said[wrong[0]] - self.digits[wrong[0]]) == 1
        exchanged = [
            (*self.digits[:one], self.digits[other], self.digits[one], *self.digits[other + 1 :])
            for one, other in pairwise(range(len(self.digits)))
        ]
        return said in exchanged


def parse(written: str) -> OwnNumber:
    """The own number that `written` wrote; anything else is a ``ValueError``."""
    if not (written.isascii() and written.isdecimal()):
        raise ValueError(_REFUSAL)
    return OwnNumber(tuple(map(int, written)))


def draw(randomness: Randomness, digits: int = 2) -> OwnNumber:
    """An own number of this many digits, each equally likely."""
    if digits not in COUNTS:
        raise ValueError(_REFUSAL)
    sizes = range(len(DRAWN_FROM), len(DRAWN_FROM) - digits, -1)
    values, octets = prod(sizes), digits - 1
    limit = 256**octets - 256**octets % values
    while (drawn := int.from_bytes(randomness(octets), "big")) >= limit:
        continue
    left, chosen = list(DRAWN_FROM), []
    for size in sizes:
        values //= size
        place, drawn = divmod(drawn % (values * size), values)
        chosen.append(left.pop(place))
    return OwnNumber(tuple(chosen))


def draw_false(own: OwnNumber, randomness: Randomness) -> OwnNumber:
    """A number to give under pressure: not the own one, and not so near that it would be read as a slip."""
    while (drawn := draw(randomness, len(own.digits))) == own or own.nearly(drawn.digits):
        continue
    return drawn
