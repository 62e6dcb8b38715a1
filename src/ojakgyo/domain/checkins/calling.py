"""How often an area may be called: many calls into one area within a short time are what betrays it.

Detection patrols hear a phone that talks and go where it was; they need minutes for it (research,
communications-and-cards.md, "Field facts"). How many calls are too many nobody has measured: the figure is an assumption,
low enough that no two talks feed one patrol and high enough that an evening's windows can be kept.
"""

from collections.abc import Iterable
from typing import Final

from ojakgyo.domain.values.instants import HOUR_MS, Instant

CALLS_AT_MOST: Final = 3
WITHIN_MS: Final = HOUR_MS


def rests_until(calls: Iterable[Instant], now: Instant) -> Instant | None:
    """From when on an area may be called again, by when its last calls were; None: now."""
    lately = sorted((call for call in calls if call > now - WITHIN_MS), reverse=True)
    return Instant(lately[CALLS_AT_MOST - 1] + WITHIN_MS) if len(lately) >= CALLS_AT_MOST else None
