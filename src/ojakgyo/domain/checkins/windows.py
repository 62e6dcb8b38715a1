"""Contact windows: what a moment means for one, and which one a sign of life keeps.

All bounds are half open, so a timer due at `missed_from` finds the window missed: early from `early_from`, open from
`opens`, late from `closes`, missed from `missed_from`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

EARLY_MS: Final = HOUR_MS
"""How long before its opening a window takes a sign of life."""
LEAST_GRACE_MS: Final = 10 * MINUTE_MS
"""No silence is judged sooner after a window closed, and no stage of one follows the last sooner."""


class Region(StrEnum):
    """How hard it is to be heard from there."""

    CHINA = "china"
    BORDER = "border"
    INSIDE = "inside"
    MOVING = "moving"
    """Brought from place to place, and heard of many times a day."""


GRACE_MS: Final = {
    Region.CHINA: 6 * HOUR_MS,
    Region.BORDER: 24 * HOUR_MS,
    Region.INSIDE: 72 * HOUR_MS,
    Region.MOVING: 2 * HOUR_MS,
}
"""How long after its close a silent window is only late."""


class WindowState(StrEnum):
    DUE = "due"
    OPEN = "open"
    LATE = "late"
    MISSED = "missed"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Window:
    """When the desk expects to hear from somebody, and for how long silence is forgiven afterwards."""

    opens: Instant
    closes: Instant
    grace_ms: int

    def __post_init__(self) -> None:
        if self.closes <= self.opens or self.grace_ms < 0:
            raise ValueError("a window closes after it opens, and its grace is not negative")

    @property
    def early_from(self) -> Instant:
        return Instant(self.opens - EARLY_MS)

    @property
    def missed_from(self) -> Instant:
        return Instant(self.closes + self.grace_ms)

    @property
    def whole_day(self) -> bool:
        """Open around the clock, so that its hours say nothing."""
        return self.closes - self.opens >= DAY_MS

    def takes(self, instant: Instant) -> bool:
        """Whether a sign of life at this instant keeps the window."""
        return self.early_from <= instant < self.missed_from


def state(window: Window, now: Instant, heard: Instant | None = None) -> WindowState:
    """What the window is at `now`. `heard`: when its sign of life came; one that came after `now` is not known yet."""
    if heard is not None and heard <= now and window.takes(heard):
        return WindowState.HEARD
    if now < window.opens:
        return WindowState.DUE
    if now < window.closes:
        return WindowState.OPEN
    return WindowState.LATE if now < window.missed_from else WindowState.MISSED


def kept_by(windows: Sequence[Window], instant: Instant) -> int | None:
    """Index of the window that a sign of life keeps; None for one that keeps none. Of two that take it, the later is kept."""
    taking = [(window.opens, index) for index, window in enumerate(windows) if window.takes(instant)]
    return max(taking)[1] if taking else None
