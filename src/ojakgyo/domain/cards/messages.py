"""What may follow a meaning on a card: an amount, days of quiet, the pocket number of who is meant.

A suffix is looked up in the same row as the rest, one cell for each of its digits.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

if TYPE_CHECKING:
    from ojakgyo.domain.cards.decode import Reading

LONGEST: Final = 4
"""Digits of the longest suffix, an amount."""

_NOTHING: Final = frozenset({0})
_TWO_DIGITS: Final = frozenset({0, 2})

SUFFIX: Final[Mapping[Meaning, frozenset[int]]] = {
    **dict.fromkeys(Meaning, _NOTHING),
    Meaning.DELAYED: _TWO_DIGITS,
    Meaning.RECEIVED: frozenset(range(LONGEST + 1)),
    Meaning.HANDED_OVER: _TWO_DIGITS,
    Meaning.ARRIVED: _TWO_DIGITS,
}
"""How many digits may follow each meaning. Fixed for ever: people know it by heart."""


def suffix(meaning: Meaning, number: int | None, *, own_number: OwnNumber | None = None) -> tuple[int, ...]:
    """The digits that say this number behind this meaning; None says nothing. What it cannot say: ``ValueError``.

    `own_number`: whose; an amount that would read as a second code gets a nought before it.
    """
    if number is None:
        return ()
    digits = tuple(map(int, str(number) if meaning is Meaning.RECEIVED else f"{number:02}")) if number >= 0 else ()
    if own_number is not None and is_second_code(digits, own_number):
        digits = (0, *digits)
    if not digits or len(digits) not in SUFFIX[meaning]:
        raise ValueError("this meaning cannot say this number")
    return digits


def is_second_code(digits: tuple[int, ...], own_number: OwnNumber) -> bool:
    """Whether what follows a meaning is no suffix, but a code of the same row again: the own number and one digit."""
    return digits[:-1] == own_number.digits


def amount(reading: "Reading") -> int | None:
    """What was received, 0..9999, in what was agreed with the holder; None unless it was rightly said."""
    return _number(reading, Meaning.RECEIVED)


def days(reading: "Reading") -> int | None:
    """Days of quiet, 0..99; None unless they were rightly said."""
    return _number(reading, Meaning.DELAYED)


def pocket(reading: "Reading") -> int | None:
    """The pocket number of who was handed over or arrived, 0..99; None unless it was rightly said."""
    return _number(reading, Meaning.HANDED_OVER, Meaning.ARRIVED)


def _number(reading: "Reading", *meanings: Meaning) -> int | None:
    if reading.result is not ReadingResult.OK or reading.meaning not in meanings or not reading.suffix:
        return None
    return int("".join(map(str, reading.suffix)))
