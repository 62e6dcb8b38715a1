"""The night of the practice world as data: what happens when, what the guide says, what must then be true.

Minutes are those of the tour a newcomer is led through; `after_ms` is the time on the desk's clock since the story
starts at 19:12 in Seoul.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.domain.facts import Credibility, Meaning, Reliability, ReportKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, SECOND_MS, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    minute: int
    after_ms: int

    def at(self, story_start: Instant) -> Instant:
        return Instant(story_start + self.after_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsEvent(Event):
    """The next row of this helper's card arrives as a text. `duress`: with a number that is not the helper's own."""

    who: str
    meaning: Meaning
    duress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEvent(Event):
    """Somebody passes on what was seen."""

    about: str
    source: str
    report: ReportKind
    seen_for_ms: int | None = None
    """How long it had been seen by then."""
    reliability: Reliability = Reliability.USUAL
    credibility: Credibility = Credibility.UNCONFIRMED


class Expected(StrEnum):
    """What a look at the desk must show."""

    CHECK_IN_LATE = "check_in_late"
    ANSWERED_NOTED = "answered_noted"
    """The desk has said the same to the text as to any other, and nothing to the phone."""
    WARNING_STANDS = "warning_stands"
    DEADLINE_BEFORE_NEXT_WINDOW = "deadline_before_next_window"
    ROUTE_BEFORE_DEADLINE = "route_before_deadline"
    """The quickest warning route of the subject, started now, ends before the deadline."""
    USUAL_RULE_LATER = "usual_rule_later"
    """Timers and direct contacts alone, run over the same night, raise their first alarm after this warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Event):
    what: Expected
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine(Event):
    """One sentence of the guide. `msgid` is English, with `%(who)s` for the code name in the reader's script."""

    msgid: str
    screen: str
    who: str | None = None


_SEEN_FOR: Final = HOUR_MS
_CALL: Final = 2 * MINUTE_MS
_DURESS: Final = 8 * MINUTE_MS
_SEEN: Final = _DURESS + 30 * SECOND_MS
_ACT: Final = 13 * MINUTE_MS

NIGHT: Final[tuple[Event, ...]] = (
    GuideLine(minute=0, after_ms=0, msgid="This is a practice world. Everybody in it is invented.", screen="/now/"),
    GuideLine(
        minute=1,
        after_ms=0,
        msgid="Sixty-four people far away trust this page. Tonight one of them will be taken. Press play.",
        screen="/now/",
    ),
    Expectation(minute=2, after_ms=0, what=Expected.CHECK_IN_LATE, subject="Beodeul"),
    GuideLine(
        minute=2,
        after_ms=0,
        msgid="%(who)s is two hours late. Silence is mostly a dead battery.",
        screen="/now/",
        who="Beodeul",
    ),
    SmsEvent(minute=3, after_ms=_CALL, who="Sonagi", meaning=Meaning.DANGER),
    ReportEvent(
        minute=3,
        after_ms=_CALL,
        about="Beodeul",
        source="Galmae-3",
        report=ReportKind.STRANGERS_AT_THE_HOUSE,
        seen_for_ms=_SEEN_FOR,
    ),
    GuideLine(
        minute=3,
        after_ms=_CALL,
        msgid="A helper nearby lies low, and somebody has seen strangers at %(who)s's house. Each sign is weak alone.",
        screen="/now/",
        who="Beodeul",
    ),
    SmsEvent(minute=4, after_ms=_DURESS, who="Beodeul", meaning=Meaning.WELL, duress=True),
    Expectation(minute=4, after_ms=_SEEN, what=Expected.ANSWERED_NOTED, subject="Beodeul"),
    GuideLine(
        minute=4,
        after_ms=_SEEN,
        msgid=(
            "The numbers fit the card, but not %(who)s's own number. Somebody made %(who)s write. "
            "Whoever holds the phone sees no difference."
        ),
        screen="/now/",
        who="Beodeul",
    ),
    Expectation(minute=4, after_ms=_SEEN, what=Expected.WARNING_STANDS, subject="Yeoul"),
    Expectation(minute=4, after_ms=_SEEN, what=Expected.WARNING_STANDS, subject="Noeul"),
    Expectation(minute=5, after_ms=_ACT, what=Expected.DEADLINE_BEFORE_NEXT_WINDOW, subject="Yeoul"),
    Expectation(minute=5, after_ms=_ACT, what=Expected.ROUTE_BEFORE_DEADLINE, subject="Yeoul"),
    GuideLine(
        minute=5,
        after_ms=_ACT,
        msgid="%(who)s's next window comes too late. The way that is left stands beside the deadline.",
        screen="/now/",
        who="Yeoul",
    ),
    GuideLine(
        minute=6,
        after_ms=_ACT,
        msgid="Before a call press C and ask. %(who)s's phone may be in other hands, and nobody calls it.",
        screen="/now/",
        who="Beodeul",
    ),
    Expectation(minute=9, after_ms=_ACT, what=Expected.USUAL_RULE_LATER, subject="Yeoul"),
    GuideLine(
        minute=9,
        after_ms=_ACT,
        msgid="The same night by the usual rule, a timer and then direct contacts, was run just now beside this one.",
        screen="/now/",
    ),
    GuideLine(
        minute=10,
        after_ms=_ACT,
        msgid=(
            "This world stays until you start ./ojak demo --reset. Nothing of it can reach a real one. "
            "A desk of your own begins with ./ojak init."
        ),
        screen="/now/",
    ),
)
"""Story night, in the order in which it is played."""
