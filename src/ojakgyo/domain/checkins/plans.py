"""A contact plan: windows that open every so many days at the same hour, one agreed at a time."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import DAY_MS, Instant

MOST_DAYS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Windows open at `first` and every `every_days` days after it. Neither Korea nor China changes its clocks."""

    first: Instant
    every_days: int
    length_ms: int
    grace_ms: int

    def __post_init__(self) -> None:
        if not 1 <= self.every_days <= MOST_DAYS or self.grace_ms < 0:
            raise ValueError("a plan comes round within sixty days, and its grace is not negative")
        if not 0 < self.length_ms <= self.every_days * DAY_MS:
            raise ValueError("a window closes after it opens and before the next one does")

    def next(self, now: Instant, *, after: Instant | None = None) -> Window:
        """The soonest window that is not over at `now`, and opens later than `after`."""
        period = self.every_days * DAY_MS
        past = now - self.first - self.length_ms
        rounds = max(0, past // period + 1)
        if after is not None:
            rounds = max(rounds, (after - self.first) // period + 1)
        opens = Instant(self.first + rounds * period)
        return Window(opens, Instant(opens + self.length_ms), self.grace_ms)
