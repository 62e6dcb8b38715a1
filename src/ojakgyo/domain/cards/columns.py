"""What is drawn from a row's state, one label each, so that a column added later changes no printed card.

Fixed for ever: docs/reference/cards.md, tests/vectors/cards/m1.json.
"""

from typing import Final

from ojakgyo.domain.sealing import ratchet

ANSWERS: Final = 3
GAPS: Final = range(5, 10)
HOURS: Final = (6, 7, 12, 13, 19, 20, 21)


def _drawn(state: bytes, label: str) -> ratchet.Below:
    return ratchet.stream(ratchet.column(state, label))


def cells(state: bytes) -> tuple[int, ...]:
    """Ten cells of two digits, one for each digit 0..9.

    No cell has twice the same digit, none is another's mirror, no two share a first or a last digit: so one wrong
    digit, two neighbours swapped or a twin never make another cell of the same row.
    """
    below = _drawn(state, "cells")
    tens = _permutation(below)
    ones = _permutation(below)
    while not _far_from_itself(ones):
        ones = _permutation(below)
    return tuple(10 * ten + ones[ten] for ten in tens)


def answers(state: bytes) -> tuple[int, ...]:
    """Three answers of the desk, 0..99; one wrong digit, a swap or a twin never makes another of them."""
    below = _drawn(state, "answers")
    chosen: list[int] = []
    while len(chosen) < ANSWERS:
        drawn = below(100)
        if not any(_may_be_taken_for(drawn, other) for other in chosen):
            chosen.append(drawn)
    return tuple(chosen)


def gap(state: bytes) -> int:
    """Days until the next contact, 5..9."""
    return GAPS[_drawn(state, "gap")(len(GAPS))]


def hour(state: bytes) -> int:
    """Full hour of the next contact, by the wall clock where the helper is."""
    return HOURS[_drawn(state, "hour")(len(HOURS))]


def _permutation(below: ratchet.Below) -> list[int]:
    """Fisher and Yates, from the last place down."""
    order = list(range(10))
    for last in range(9, 0, -1):
        other = below(last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def _far_from_itself(order: list[int]) -> bool:
    """Without cycles of two (a mirror) and of one (a double digit, its own mirror)."""
    return all(order[order[place]] != place for place in range(10))


def _may_be_taken_for(one: int, other: int) -> bool:
    (ten, unit), (other_ten, other_unit) = divmod(one, 10), divmod(other, 10)
    one_wrong_digit = ten == other_ten or unit == other_unit
    swapped = (ten, unit) == (other_unit, other_ten)
    twins = ten == unit and other_ten == other_unit
    return one_wrong_digit or swapped or twins
