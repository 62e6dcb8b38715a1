"""The next contact as the row of a card prints it: so many days on, at a full hour of the clock where its holder is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, Instant

CHINA: Final = "Asia/Shanghai"
NORTH: Final = "Asia/Pyongyang"
BEFORE_MS: Final = HOUR_MS
AFTER_MS: Final = 2 * HOUR_MS
"""A window is open from an hour before the printed one to two hours after it."""


@dataclass(frozen=True, slots=True, repr=False)
class Printed:
    """What a row that was used says of the next contact. `late`: it was passed over, so a later row may have been written.

    It prints nothing.
    """

    gap_days: int
    hour: int
    late: bool = False

    def __repr__(self) -> str:
        return "Printed()"

    def at(self, heard: Instant, zone: str) -> Instant:
        """The hour itself: days are counted from the day on which the text came, by the calendar where its holder is."""
        clock = ZoneInfo(zone)
        day = instants.aware(heard).astimezone(clock).date() + timedelta(days=self.gap_days)
        return instants.of(datetime(day.year, day.month, day.day, self.hour, tzinfo=clock))

    def window(self, heard: Instant, zone: str, *, grace_ms: int) -> Window:
        at = self.at(heard, zone)
        return Window(Instant(at - BEFORE_MS), Instant(at + AFTER_MS), grace_ms)
