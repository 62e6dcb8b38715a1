"""What a page of a call gets of a card: pairs of digits to be said, and how they are read out. Frozen."""

from dataclasses import dataclass, field

from ojakgyo.apps.cards.voice.phrases import Phrase
from ojakgyo.domain.facts import DeskWord
from ojakgyo.domain.values.ids import CardId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the desk, and the two digits that say it: as they are read out in Korean and in Chinese."""

    word: DeskWord
    digits: str = field(repr=False)
    ko: str = field(repr=False)
    zh: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What the desk says by one row."""

    row: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The next unused row, and what stands in the one after it, for when the helper has just read the next one out."""

    card: CardId
    now: AnswerRow
    after: AnswerRow | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question by voice that is open: which line counted from the top, under which digit, and how it is asked.

    `proof`: by which the desk shows that it is the desk, the top row's "noted"; only where it was just asked for. The
    line asked for lies under it, but for the last one of a paper.
    """

    line: int
    digit: int
    until: Instant
    aloud: Phrase
    proof: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What can be said and asked by voice. It is the same whatever the last text meant, but that it could not be read.

    `lines`: so many are left on the card. `wanted`: the card opens again by a question by voice only.
    """

    lines: int
    wanted: bool
    again: bool
    asked: Asked | None
    phrases: dict[str, Phrase]
