"""What is missing on a calm day: nobody could warn somebody, nobody would notice that they are gone.

A window is a way to be told and a way to be missed. Between now and then only an agreed route warns, and only a noticer
sees: where there is none, the gap lasts until the window.
"""

from dataclasses import dataclass
from enum import StrEnum

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import Instant


class GapKind(StrEnum):
    """Which end of the mile is open."""

    NOBODY_WARNS = "nobody_warns"
    NOBODY_NOTICES = "nobody_notices"


@dataclass(frozen=True, slots=True)
class Gap:
    """`until`: when the window opens in which they can be told, or when silence is missed; None: no window is agreed."""

    kind: GapKind
    until: Instant | None


def gaps(
    window: Window | None, *, late: Window | None = None, warned: bool, noticed: bool, now: Instant
) -> tuple[Gap, ...]:
    """`window`: the next that is not over; one that is open can be used to warn. `late`: one that is, and whose grace runs.
    `warned`: a route is agreed. `noticed`: somebody would see.
    """
    found: list[Gap] = []
    if not warned and (window is None or window.opens > now):
        found.append(Gap(GapKind.NOBODY_WARNS, window.opens if window else None))
    if not noticed:
        ends = [each.missed_from for each in (late, window) if each is not None]
        found.append(Gap(GapKind.NOBODY_NOTICES, min(ends, default=None)))
    return tuple(found)
