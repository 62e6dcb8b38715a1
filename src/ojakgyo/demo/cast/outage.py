"""A night on which a whole area is silent, as data: eight people of N3 are to be in touch, and one of them is.

Across the border silence is forgiven for twenty-four hours, so the story goes on until the evening after.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.demo.cast.night import Event, GuideLine, SmsEvent
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS

AREA: Final = "N3"


@dataclass(frozen=True, slots=True)
class Call:
    """When somebody is to be in touch, counted from the start of the story."""

    who: str
    opens_ms: int
    closes_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedEvent(Event):
    """What was agreed for this evening, besides what stands in the plans."""

    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent(Event):
    """An officer hears somebody and writes it on the log."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereEvent(Event):
    """Whoever lives outside the area and is waited for now is heard."""

    area: str


class AreaExpected(StrEnum):
    """What a look at the desk must show of an area."""

    ONE_LINE = "one_line"
    """It is silent as a whole: seven of eight."""
    NOBODY_BLAMED = "nobody_blamed"
    """No silence of anybody in it stands."""
    NOBODY_WARNED = "nobody_warned"
    NOBODY_WOKEN = "nobody_woken"
    HEARD_AGAIN = "heard_again"
    """It is silent as a whole no more."""
    LOOKED_AFTER = "looked_after"
    """Whoever of it is still silent is somebody's to look after, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaExpectation(Event):
    what: AreaExpected
    area: str = AREA


def _evening(hour: int, minute: int, *, days: int = 0) -> int:
    """An hour in Seoul, counted from 19:12 of the first evening."""
    return days * DAY_MS + (hour - 19) * HOUR_MS + (minute - 12) * MINUTE_MS


AGREED: Final = (
    Call("Geomungo", _evening(20, 0), _evening(20, 30)),
    Call("Songaji", _evening(20, 10), _evening(20, 50)),
    Call("Gaenari", _evening(20, 0), _evening(21, 0)),
    Call("Geumnanghwa", _evening(20, 20), _evening(21, 20)),
    Call("Kkachi-3", _evening(20, 30), _evening(21, 30)),
    Call("Seori-5", _evening(21, 0), _evening(22, 0)),
)
"""Of the eight; Paengnamu and Kokkiri are to be in touch this evening by their plans."""

_HEARD: Final = _evening(20, 41)
_LATE: Final = _evening(22, 57)
_NEXT_DAY: Final = _evening(17, 12, days=1)
_SILENT: Final = _evening(22, 35, days=1)
_TEXT: Final = _evening(22, 44, days=1)
_CALL: Final = _evening(22, 46, days=1)
_HEARD_AGAIN: Final = _evening(22, 48, days=1)
_AFTERWARDS: Final = _evening(22, 56, days=1)

OUTAGE: Final[tuple[Event, ...]] = (
    GuideLine(minute=0, after_ms=0, msgid="This is a practice world. Everybody in it is invented.", screen="/now/"),
    GuideLine(
        minute=0,
        after_ms=0,
        msgid="Eight people of one area are to be in touch this evening. One of them will be. Press play.",
        screen="/now/",
    ),
    AgreedEvent(minute=1, after_ms=0, calls=AGREED),
    SmsEvent(minute=2, after_ms=_HEARD, who="Kkachi-3", meaning=Meaning.WELL),
    ElsewhereEvent(minute=3, after_ms=_LATE, area=AREA),
    GuideLine(
        minute=3,
        after_ms=_LATE,
        msgid="Seven of N3 are late. Across the border silence is forgiven for 24 hours, so nobody is asked for yet.",
        screen="/now/#checkins",
    ),
    ElsewhereEvent(minute=4, after_ms=_NEXT_DAY, area=AREA),
    AreaExpectation(minute=5, after_ms=_SILENT, what=AreaExpected.ONE_LINE),
    AreaExpectation(minute=5, after_ms=_SILENT, what=AreaExpected.NOBODY_BLAMED),
    AreaExpectation(minute=5, after_ms=_SILENT, what=AreaExpected.NOBODY_WARNED),
    AreaExpectation(minute=5, after_ms=_SILENT, what=AreaExpected.NOBODY_WOKEN),
    GuideLine(
        minute=5,
        after_ms=_SILENT,
        msgid=(
            "Seven have used up their 24 hours, and on another night each would be a silence of its own. That seven of "
            "eight are taken in one night is far less likely than a network that is down."
        ),
        screen="/now/#silences",
    ),
    SmsEvent(minute=6, after_ms=_TEXT, who="Seori-5", meaning=Meaning.WELL),
    LoggedEvent(minute=6, after_ms=_CALL, who="Kokkiri"),
    AreaExpectation(minute=7, after_ms=_HEARD_AGAIN, what=AreaExpected.HEARD_AGAIN),
    AreaExpectation(minute=8, after_ms=_AFTERWARDS, what=AreaExpected.LOOKED_AFTER),
    AreaExpectation(minute=8, after_ms=_AFTERWARDS, what=AreaExpected.NOBODY_WOKEN),
    GuideLine(
        minute=8,
        after_ms=_AFTERWARDS,
        msgid=(
            "N3 can be heard again. Whoever is silent now is silent alone, and somebody looks after it by name. "
            "For another story start ./ojak demo --reset."
        ),
        screen="/now/#silences",
    ),
)
"""Story outage, in the order in which it is played."""
