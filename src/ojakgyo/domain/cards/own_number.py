"""The own number: two different digits a helper knows by heart, told aloud, never written beside a card.

Any other number says "somebody makes me write this".
"""

from collections.abc import Callable
from dataclasses import dataclass, field

Randomness = Callable[[int], bytes]
"""randomness(n) returns n random bytes."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """One of the 90 pairs of different digits; 0 may lead. It prints nothing."""

    first: int = field(repr=False)
    second: int = field(repr=False)

    def __post_init__(self) -> None:
        if not (0 <= self.first <= 9 and 0 <= self.second <= 9) or self.first == self.second:
            raise ValueError("an own number has two different digits")

    @property
    def digits(self) -> tuple[int, int]:
        return self.first, self.second

    def written(self) -> str:
        """For sealing and for telling it to its owner once, for instance 37."""
        return f"{self.first}{self.second}"

    def nearly(self, said: tuple[int, int]) -> bool:
        """Whether these two digits, not the own ones, are what an unhurt person might slip to.

        The own number turned round, or one of its digits missed by one column.
        """
        missed = [abs(own - other) for own, other in zip(self.digits, said, strict=True) if own != other]
        return said == (self.second, self.first) or missed == [1]


def parse(written: str) -> OwnNumber:
    """The own number that `written` wrote; anything else is a ``ValueError``."""
    if len(written) != 2 or not (written.isascii() and written.isdecimal()):
        raise ValueError("an own number has two different digits")
    return OwnNumber(int(written[0]), int(written[1]))


def draw(randomness: Randomness) -> OwnNumber:
    """An own number, each of the 90 equally likely."""
    while (octet := randomness(1)[0]) >= 180:
        continue
    first, rest = divmod(octet % 90, 9)
    return OwnNumber(first, rest + (rest >= first))


def draw_false(own: OwnNumber, randomness: Randomness) -> OwnNumber:
    """A number to give under pressure: not the own one, and not so near that it would be read as a slip."""
    while (drawn := draw(randomness)) == own or own.nearly(drawn.digits):
        continue
    return drawn
