"""Radio silence: for a while the desk calls nobody and judges no silence. Every window it touches is judged after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

SHORTEST_MS: Final = 10 * MINUTE_MS
LONGEST_MS: Final = 72 * HOUR_MS
"""Longer than that nobody is left unlooked for: whoever needs more begins anew."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From when to when, whether it was ended before or is running."""

    begun: Instant
    ends: Instant


def judged_from(window: Window, spans: Iterable[Span]) -> Instant:
    """When the window is missed, if nothing is heard: its grace counts anew from the end of a radio silence within it."""
    missed = window.missed_from
    for span in sorted(spans):
        if span.begun < missed and span.ends > window.opens:
            missed = Instant(max(missed, span.ends + window.grace_ms))
    return missed


def is_unknown(window: Window, spans: Iterable[Span], now: Instant) -> bool:
    """Whether it has opened and nothing can be said of it: a radio silence is running that touches it."""
    known = list(spans)
    running = any(span.begun <= now < span.ends for span in known)
    return running and window.opens <= now < judged_from(window, known)
