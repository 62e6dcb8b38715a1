"""What six digits say on a card. Bad input from far away is a reading too: nothing in here raises because of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.cards import encode, meanings
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts
from ojakgyo.domain.facts import Meaning, ReadingResult

LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoded message. `row` is used up wherever it stands; a meaning may be relied on only with OK."""

    result: ReadingResult
    row: int | None = None
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """A row of which all three cells are."""

    row: int
    said: tuple[int, int]
    meaning: Meaning

    def reading(self, result: ReadingResult) -> Reading:
        return Reading(result, self.row, self.meaning)


def read(digits: str, *, rows: Sequence[Numbered], own_number: OwnNumber, used: UsedTexts) -> Reading:
    """What a text's digits say.

    Parameters
    ----------
    digits : as `digits_of` gives them; any other text is MALFORMED.
    rows : those that may be used: the rows ahead, nearest first, and after them rows passed over, while they are valid.
    used : the texts this card's rows were used for.
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdecimal()):
        return Reading(ReadingResult.MALFORMED)
    if used.hold(digits):
        return Reading(ReadingResult.REPLAY)
    matches = _matches(digits, rows)
    if not matches:
        return Reading(ReadingResult.GARBLED)
    own = next((match for match in matches if match.said == own_number.digits), None)
    if own is None:
        return _with_another_number(digits, matches[0], rows=rows, own_number=own_number)
    certain = own is matches[0] and own.meaning not in meanings.GUARDS
    return own.reading(ReadingResult.OK if certain else ReadingResult.SLIP)


def _matches(digits: str, rows: Sequence[Numbered]) -> list[_Match]:
    found = []
    for number, row in rows:
        if columns := row.read_back(digits):
            first, second, meaning = columns
            found.append(_Match(number, (first, second), meanings.BY_DIGIT[meaning]))
    return found


def _with_another_number(digits: str, nearest: _Match, *, rows: Sequence[Numbered], own_number: OwnNumber) -> Reading:
    if own_number.nearly(nearest.said):
        return nearest.reading(ReadingResult.SLIP)
    return _mistyped(digits, rows, own_number) or nearest.reading(ReadingResult.DURESS)


def _mistyped(digits: str, rows: Sequence[Numbered], own_number: OwnNumber) -> Reading | None:
    """A right text of some row that one keying error turns into this one."""
    for number, row in rows:
        for meaning in meanings.BY_DIGIT:
            if one_keying_error(encode.six_digits(row, own_number=own_number, meaning=meaning), digits):
                return Reading(ReadingResult.SLIP, number, meaning)
    return None


def one_keying_error(meant: str, typed: str) -> bool:
    """One wrong digit, or two neighbours swapped; both texts of one length."""
    wrong = [place for place in range(len(meant)) if meant[place] != typed[place]]
    if len(wrong) != 2:
        return len(wrong) == 1
    one, other = wrong
    return other == one + 1 and meant[one] == typed[other] and meant[other] == typed[one]
