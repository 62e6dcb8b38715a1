"""Waking officers: whose turn comes, where the rota has a gap, when a way keeps still, and when it was tried last. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

DAY_MINUTES: Final = 24 * 60
UNTRIED_MS: Final = 30 * DAY_MS
"""A way that has not woken anybody for so long is as good as none."""
TEST_MS: Final = 5 * MINUTE_MS
"""A test that could not be sent for so long is given up."""
LONGEST_MS: Final = 31 * DAY_MS
"""Nobody has the call for longer at a stretch."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `opens` to before `closes`."""

    opens: Instant
    closes: Instant


def keeps_still(now: Instant, begins: int, ends: int) -> bool:
    """Whether these are quiet hours, from `begins` to before `ends`, minutes of the UTC day; the same twice: there are none."""
    minute = now // MINUTE_MS % DAY_MINUTES
    if begins <= ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends


def still_until(now: Instant, begins: int, ends: int) -> Instant:
    """When the quiet hours that are now end: within a day."""
    minutes = (ends - now // MINUTE_MS) % DAY_MINUTES
    return Instant((now // MINUTE_MS + minutes) * MINUTE_MS)


def is_untried(answered: Instant | None, now: Instant) -> bool:
    """Whether it is too long ago, or never was, that somebody said that it woke them."""
    return answered is None or now - answered > UNTRIED_MS


def gaps(turns: Sequence[Span], *, start: Instant, until: Instant) -> tuple[Span, ...]:
    """When nobody is on call between `start` and `until`, in order."""
    found, covered = [], start
    for turn in sorted(turns):
        if turn.opens >= until:
            break
        if turn.opens > covered:
            found.append(Span(covered, turn.opens))
        covered = max(covered, turn.closes)
    return (*found, *([Span(covered, until)] if covered < until else []))
