"""How a window stands, or ended, on a picture of hours: by when something came in, never by what it said.

What is drawn is the same for well and under duress, and the same for every officer: a sign of life keeps its window by
whichever way it came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.domain.checkins import radio
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import Instant


class How(StrEnum):
    """In the order of how much a day says that holds several."""

    MISSED = "missed"
    EXPLAINED = "explained"
    """It was missed, and why is known."""
    UNJUDGED = "unjudged"
    """Its grace is over and nobody has judged it: the desk could not hear."""
    UNKNOWN = "unknown"
    """The desk keeps radio silence."""
    LATE = "late"
    KEPT_LATE = "kept_late"
    KEPT = "kept"
    OPEN = "open"
    DUE = "due"


OVER: Final = frozenset({How.MISSED, How.EXPLAINED, How.KEPT_LATE, How.KEPT})
"""Nothing changes it any more, but that a reason becomes known."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What is written down of a window. `heard`: when its sign of life came."""

    missed: bool = False
    explained: bool = False
    heard: Instant | None = None


def how(window: Window, ending: Ending, spans: Iterable[Span], now: Instant) -> How:
    """`spans`: radio silences, each that touches the window at least."""
    known = tuple(spans)
    if ending.heard is not None:
        return How.KEPT if ending.heard < window.closes else How.KEPT_LATE
    if ending.missed:
        return How.EXPLAINED if ending.explained else How.MISSED
    if radio.is_unknown(window, known, now):
        return How.UNKNOWN
    if now < window.closes:
        return How.DUE if now < window.opens else How.OPEN
    return How.LATE if now < radio.judged_from(window, known) else How.UNJUDGED
