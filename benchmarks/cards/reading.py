"""The reading of the reference, written again for a million texts at once. It answers as `decode.read` does, text for text.

`Reader` shows some of the texts it reads to the product as well and stops the run where the two differ, so that no figure
stands on rules the product does not have.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.cards.mistakes import Texts
from benchmarks.cards.tables import Rows, Small, Whole
from ojakgyo.domain.cards import decode, meanings, messages
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts, tag_of
from ojakgyo.domain.facts import Meaning, ReadingResult

Flags = npt.NDArray[np.bool_]

RESULTS: Final = (
    ReadingResult.OK,
    ReadingResult.SLIP,
    ReadingResult.DURESS,
    ReadingResult.REPLAY,
    ReadingResult.GARBLED,
    ReadingResult.MALFORMED,
)
OK, SLIP, DURESS, REPLAY, GARBLED, MALFORMED = range(len(RESULTS))

SAID: Final = np.array([meanings.digit(each) for each in Meaning if each not in meanings.GUARDS])
"""The digits of the seven meanings that people send."""

GROUP: Final = np.array([0, 0, -1, 1, 1, -1, 2, 2, 2, -1])
"""The group of each meaning's digit: well, in need, something happened; guards are of none."""

LONGEST: Final = max(max(lengths) for lengths in messages.SUFFIX.values())
TAKES: Final = np.array(
    [[cells in messages.SUFFIX[each] for cells in range(LONGEST + 1)] for each in meanings.BY_DIGIT]
)
"""bool [meaning's digit, cells after it]: whether it may be followed by so many."""

GUARD: Final = GROUP < 0
CHUNK: Final = 1 << 16
_NONE: Final = 1_000
ASKED: Final = -2
"""In the place of a meaning: the text is what was asked for by voice."""


@dataclass(frozen=True, slots=True)
class Read:
    """What texts were read as: [texts] each. `row`: place among the rows; `meaning`: its digit; -1 where there is none,
    ASKED where it answers the challenge.

    `suffix`: int8 [texts, LONGEST], the digits said after the meaning, then -1.
    """

    result: Small
    row: Small
    meaning: Small
    suffix: Small

    @classmethod
    def nothing(cls, count: int) -> "Read":
        return cls(
            *(np.full(count, fill, np.int8) for fill in (GARBLED, -1, -1)), np.full((count, LONGEST), -1, np.int8)
        )

    def is_(self, result: int) -> Flags:
        return self.result == result

    def put(self, places: Whole, other: "Read") -> None:
        self.result[places], self.row[places] = other.result, other.row
        self.meaning[places], self.suffix[places] = other.meaning, other.suffix


@dataclass(slots=True)
class Reader:
    """Reads, and has a sample read by the product. `checked`: how many texts both have read so far, all alike."""

    rows: Rows
    dice: np.random.Generator
    sample: int = 40
    checked: int = field(default=0)

    def read(
        self, texts: Texts, places: Whole, own: Small, used: Flags | None = None, asked: Small | None = None
    ) -> Read:
        """What texts say. `places`: [texts, rows ahead]; `own`: [texts, digits]; `used`: texts that were used before.

        `asked`: [texts, 2], the open challenge, place among the rows and digit; -1 where there is none.
        """
        asked = np.full((len(texts), 2), -1, np.int8) if asked is None else asked
        found = Read.nothing(len(texts))
        said = once(texts, 2 * (own.shape[1] + 1))
        for first in range(0, len(texts), CHUNK):
            _read_into(found, np.arange(first, min(first + CHUNK, len(texts))), said, self.rows, places, own, asked)
        if used is not None:
            gone = np.flatnonzero(used & ~found.is_(MALFORMED))
            found.put(gone, replace(Read.nothing(len(gone)), result=np.full(len(gone), REPLAY, np.int8)))
        for place in self.dice.choice(len(texts), min(self.sample, len(texts)), replace=False):
            held = used is not None and bool(used[place])
            mine = told(found, int(place))
            self.check(texts.text(int(place)), places[place], own[place], mine, held=held, asked=asked[place])
        return found

    def check(
        self, text: str, places: Whole, own: Small, mine: decode.Reading, *, held: bool = False, asked: Small
    ) -> None:
        """Have the product read this text too; an AssertionError where it says something else."""
        key = bytes(32)
        theirs = decode.read(
            text,
            rows=[(number, self.rows.row(int(place))) for number, place in enumerate(places)],
            own_number=OwnNumber(tuple(int(digit) for digit in own)),
            used=UsedTexts(key, frozenset([tag_of(text, key=key)] if held else [])),
            challenge=None if asked[0] < 0 else Challenge(int(asked[0]), int(asked[1])),
        )
        assert mine == theirs, f"simulation and product differ: {text} {own} {asked} {mine} {theirs}"
        self.checked += 1


def told(found: Read, place: int) -> decode.Reading:
    """One of them as the product says it."""
    result, row, meaning = RESULTS[found.result[place]], int(found.row[place]), int(found.meaning[place])
    suffix = tuple(int(digit) for digit in found.suffix[place] if digit >= 0)
    if row < 0:
        return decode.Reading(result)
    if meaning == ASKED:
        return decode.Reading(result, row, challenge=True)
    return decode.Reading(result, row, meanings.BY_DIGIT[meaning], suffix)


def once(texts: Texts, shortest: int) -> Texts:
    """A whole code that was written twice counts as written once."""
    lengths = texts.lengths.copy()
    for half in range(shortest, texts.digits.shape[1] // 2 + 1, 2):
        twice = (texts.digits[:, :half] == texts.digits[:, half : 2 * half]).all(axis=1)
        lengths[twice & (texts.lengths == 2 * half)] = half
    return Texts(texts.digits, lengths)


def _read_into(found: Read, which: Whole, texts: Texts, rows: Rows, places: Whole, own: Small, asked: Small) -> None:
    """Texts of one length at a time."""
    shortest = 2 * (own.shape[1] + 1)
    lengths = texts.lengths[which]
    fit = (lengths % 2 == 0) & (lengths >= shortest) & (lengths <= shortest + 2 * LONGEST)
    found.result[which[~fit]] = MALFORMED
    for length in np.unique(lengths[fit]):
        these = which[lengths == length]
        open_ = asked[these] if length == shortest else np.full((len(these), 2), -1, np.int8)
        read = _of_one_length(texts.digits[these, :length], rows, places[these], own[these], open_)
        read.meaning[(read.row == open_[:, 0]) & (read.meaning == open_[:, 1]) & (read.row >= 0)] = ASKED
        found.put(these, read)


def _of_one_length(digits: Small, rows: Rows, places: Whole, own: Small, asked: Small) -> Read:
    """`asked`: an answer to the challenge has no suffix, so it is -1 for every other length."""
    found = Read.nothing(len(digits))
    said = _said(digits, rows, places)
    fits = (said >= 0).all(axis=2)
    with_own = fits & _own(said, own)
    answers = np.arange(places.shape[1]) == asked[:, :1]
    answers &= fits & (said[:, :, own.shape[1]] == asked[:, 1:])
    nearest = _first(fits, answers)
    _take(found, np.flatnonzero(fits.any(axis=1)), said, nearest, own.shape[1], DURESS)
    right = np.flatnonzero(with_own.any(axis=1))
    row = _first(with_own, answers)
    _take(found, right, said, row, own.shape[1], OK)
    meant = np.take_along_axis(said, row[:, None, None], axis=1)[:, 0]
    answered = np.take_along_axis(answers, row[:, None], axis=1)[:, 0]
    doubtful = (row != nearest) | ~_whole(meant, own) | (GUARD[meant[:, own.shape[1]]] & ~answered)
    found.result[right[doubtful[right]]] = SLIP
    others = np.flatnonzero(found.is_(DURESS))
    numbers = said[others, nearest[others], : own.shape[1]]
    near = nearly(numbers, own[others])
    found.result[others[near]] = SLIP
    left = others[~near]
    for some in np.array_split(left, max(1, len(left) // CHUNK)):
        mistyped, better = _mistyped(digits[some], rows, places[some], own[some])
        found.put(some[mistyped], better)
    return found


def _first(rows: Flags, answers: Flags) -> Whole:
    """Of each text the first of these rows; one that answers the challenge goes before all others."""
    return (2 * rows + (rows & answers)).argmax(axis=1) if answers.any() else rows.argmax(axis=1)


def _take(found: Read, which: Whole, said: Small, row: Whole, own: int, result: int) -> None:
    columns = said[which, row[which]]
    found.result[which], found.row[which], found.meaning[which] = result, row[which], columns[:, own]
    found.suffix[which, : columns.shape[1] - own - 1] = columns[:, own + 1 :]


def _said(digits: Small, rows: Rows, places: Whole) -> Small:
    """int8 [texts, rows, pairs]: the digit whose cell each pair is."""
    pairs = 10 * digits[:, 0::2] + digits[:, 1::2]
    return rows.columns[places[:, :, None], pairs[:, None, :]]


def _own(said: Small, own: Small) -> Flags:
    return np.asarray((said[:, :, : own.shape[1]] == own[:, None, :]).all(axis=2))


def _whole(columns: Small, own: Small) -> Flags:
    """Whether what follows the meaning may follow it, and is no second code of the same row. `columns`: [texts, pairs]."""
    digits = own.shape[1]
    suffix = columns.shape[1] - digits - 1
    whole = TAKES[columns[:, digits], suffix]
    if suffix == digits + 1:
        whole = whole & ~(columns[:, digits + 1 : -1] == own).all(axis=1)
    return np.asarray(whole)


def nearly(said: Small, own: Small) -> Flags:
    """Whether a number is the own one with two neighbours exchanged, or missed by one column in one place."""
    near = np.abs(said.astype(np.int16) - own).sum(axis=1) == 1
    for place in range(own.shape[1] - 1):
        exchanged = own.copy()
        exchanged[:, [place, place + 1]] = own[:, [place + 1, place]]
        near |= (said == exchanged).all(axis=1)
    return np.asarray(near)


def _mistyped(digits: Small, rows: Rows, places: Whole, own: Small) -> tuple[Flags, Read]:
    """Which of these texts one keying error makes of a right one, and of which: the first row, then the lowest meaning.

    What the suffix was then nobody knows.
    """
    best = np.full(len(digits), _NONE, np.int16)
    text, row = np.nonzero(_may_be_one_error(digits, rows, places, own))
    where, number = places[text, row], own[text]
    order = np.full(len(text), _NONE, np.int16)
    for meant in _one_error_away(digits[text]):
        said = rows.columns[where[:, None], 10 * meant[:, 0::2] + meant[:, 1::2]]
        with_own = np.flatnonzero((said[:, : own.shape[1]] == number).all(axis=1))
        columns = said[with_own]
        right = (columns >= 0).all(axis=1) & _whole(columns, number[with_own])
        these = with_own[right]
        order[these] = np.minimum(order[these], 10 * row[these] + said[these, own.shape[1]])
    np.minimum.at(best, text, order)
    found = best < _NONE
    first, meaning = np.divmod(best[found], 10)
    slip = np.full(len(first), SLIP, np.int8)
    nothing = Read.nothing(len(first))
    return found, replace(nothing, result=slip, row=first.astype(np.int8), meaning=meaning.astype(np.int8))


def _may_be_one_error(digits: Small, rows: Rows, places: Whole, own: Small) -> Flags:
    """bool [texts, rows]: whether at most two digits stand otherwise than in the own number's cells of that row."""
    cells = rows.cells[places[:, :, None], own[:, None, :]]
    meant = np.stack([cells // 10, cells % 10], axis=3).reshape(*cells.shape[:2], 2 * own.shape[1])
    return np.asarray((meant != digits[:, None, : meant.shape[2]]).sum(axis=2) <= 2)


def _one_error_away(digits: Small) -> Iterator[Small]:
    """Each text with one digit changed, each change in turn, and with two neighbours swapped."""
    for place in range(digits.shape[1]):
        for more in range(1, 10):
            meant = digits.copy()
            meant[:, place] = (digits[:, place] + more) % 10
            yield meant
    for place in range(digits.shape[1] - 1):
        meant = digits.copy()
        meant[:, [place, place + 1]] = digits[:, [place + 1, place]]
        yield meant
