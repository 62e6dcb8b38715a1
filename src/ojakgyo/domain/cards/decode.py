"""What the digits of a text say on a card. Bad input from far away is a reading too: no text makes anything here raise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ojakgyo.domain.cards import meanings, messages, replay
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts
from ojakgyo.domain.facts import Meaning, ReadingResult

LENGTH: Final = 6
"""Digits of a message without a suffix, from an own number of two."""

LENGTHS: Final = range(LENGTH, LENGTH + 2 * messages.LONGEST + 1, 2)
"""Digits a message may have, from an own number of two."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoded message. `row` is used up wherever it stands; meaning and suffix may be relied on only with OK.

    `challenge`: the text says what was asked for by voice, and no meaning; rightly only with OK.
    """

    result: ReadingResult
    row: int | None = None
    meaning: Meaning | None = None
    suffix: tuple[int, ...] = ()
    challenge: bool = False


def read(
    digits: str,
    *,
    rows: Sequence[Numbered],
    own_number: OwnNumber,
    used: UsedTexts,
    challenge: Challenge | None = None,
) -> Reading:
    """What a text's digits say.

    Parameters
    ----------
    digits : as `digits_of` gives them; any other text is MALFORMED.
    rows : those that may be used: the rows ahead, nearest first, and after them rows passed over, while they are valid.
    used : the texts this card's rows were used for.
    challenge : what was asked for by voice, while an answer is waited for.
    """
    shortest = 2 * (len(own_number.digits) + 1)
    said = replay.once(digits, shortest)
    if not _well_formed(said, shortest):
        return Reading(ReadingResult.MALFORMED)
    if used.hold(said):
        return Reading(ReadingResult.REPLAY)
    return _Card(rows, own_number, challenge).reading(said)


def _well_formed(digits: str, shortest: int) -> bool:
    lengths = range(shortest, shortest + 2 * messages.LONGEST + 1, 2)
    return len(digits) in lengths and digits.isascii() and digits.isdecimal()


@dataclass(frozen=True, slots=True)
class _Match:
    """What a text says in one row.

    `asked`: it is of the form the open challenge asked for; `second`: what follows is not a suffix but another code.
    """

    row: int
    said: tuple[int, ...]
    digit: int
    suffix: tuple[int, ...]
    asked: bool
    second: bool

    @property
    def meaning(self) -> Meaning:
        return meanings.BY_DIGIT[self.digit]

    @property
    def whole(self) -> bool:
        """Its suffix is one that its meaning takes. Guards take none: any digit may be asked for by voice."""
        return len(self.suffix) in messages.SUFFIX[self.meaning] and not self.second

    @property
    def sayable(self) -> bool:
        return self.whole and (self.asked or self.meaning not in meanings.GUARDS)

    def reading(self, result: ReadingResult) -> Reading:
        if self.asked:
            return Reading(result, self.row, challenge=True)
        return Reading(result, self.row, self.meaning, self.suffix)


@dataclass(frozen=True, slots=True)
class _Card:
    """What a text is held against. `digits` below: well formed, and not used before."""

    rows: Sequence[Numbered]
    own: OwnNumber
    challenge: Challenge | None

    def reading(self, digits: str) -> Reading:
        matches = self.matches(digits)
        if not matches:
            return Reading(ReadingResult.GARBLED)
        nearest = matches[0]
        own = next((match for match in matches if match.said == self.own.digits), None)
        if own is not None:
            return own.reading(ReadingResult.OK if own is nearest and own.sayable else ReadingResult.SLIP)
        meant = nearest if self.own.nearly(nearest.said) else self.meant(digits)
        return nearest.reading(ReadingResult.DURESS) if meant is None else meant.reading(ReadingResult.SLIP)

    def matches(self, digits: str) -> list[_Match]:
        """The rows of which all pairs are cells, in their order; but what answers the challenge comes first."""
        read_back = ((number, row.read_back(digits)) for number, row in self.rows)
        found = [self.match(number, columns) for number, columns in read_back if columns]
        return sorted(found, key=lambda match: not match.asked)

    def match(self, number: int, columns: tuple[int, ...]) -> _Match:
        own = len(self.own.digits)
        digit, suffix = columns[own], columns[own + 1 :]
        asked = not suffix and self.challenge == Challenge(number, digit)
        return _Match(number, columns[:own], digit, suffix, asked, messages.is_second_code(suffix, self.own))

    def meant(self, digits: str) -> _Match | None:
        """The right text that one keying error turned into this one: of the first row, then of the lowest meaning.

        Without its suffix: two of them are equally near.
        """
        near = tuple(_one_keying_error_from(digits))
        for number, row in self.rows:
            own = row.looked_up(self.own.digits)
            read_back = (row.read_back(text) for text in near if text.startswith(own))
            found = (self.match(number, columns) for columns in read_back if columns)
            lowest = min((match for match in found if match.whole), key=lambda match: match.digit, default=None)
            if lowest is not None:
                return replace(lowest, suffix=())
        return None


def _one_keying_error_from(digits: str) -> Iterator[str]:
    """Every text of which one wrong digit, or two neighbours swapped, make this one."""
    for place, digit in enumerate(digits):
        before, after = digits[:place], digits[place + 1 :]
        yield from (before + other + after for other in "0123456789" if other != digit)
        if after and after[0] != digit:
            yield before + after[0] + digit + after[1:]
