"""Pocket numbers: two digits by which a holder's codes speak of somebody, far from the others in the same pocket."""

from collections.abc import Callable, Iterable
from typing import Final

Randomness = Callable[[int], bytes]
"""randomness(n) returns n random bytes."""

ALL: Final = range(100)


def draw(taken: Iterable[int], randomness: Randomness) -> int:
    """A number 0..99 that is not taken, each of the best ones equally likely; none left: ``ValueError``.

    Best is one that differs in both digits from every taken one, by more than one column of the card each, and is no
    mirror or twin of it; where there is no room for that, by any column; then merely another one.
    """
    others = frozenset(taken)
    free = [number for number in ALL if number not in others]
    if not free:
        raise ValueError("every pocket number is taken")
    for apart in (2, 1):
        if far := [number for number in free if all(_far(number, other, apart) for other in others)]:
            return _one_of(far, randomness)
    return _one_of(free, randomness)


def _far(one: int, other: int, apart: int) -> bool:
    (ten, unit), (other_ten, other_unit) = divmod(one, 10), divmod(other, 10)
    mirror = (ten, unit) == (other_unit, other_ten)
    twins = ten == unit and other_ten == other_unit
    return min(abs(ten - other_ten), abs(unit - other_unit)) >= apart and not mirror and not twins


def _one_of(numbers: list[int], randomness: Randomness) -> int:
    """Bytes that would favour some numbers are thrown away."""
    even = 256 - 256 % len(numbers)
    while (octet := randomness(1)[0]) >= even:
        continue
    return numbers[octet % len(numbers)]
