"""Times as the desk says them: Seoul first (Pyongyang keeps the same), Beijing beside; less exact the further off."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_3
from django.utils.translation import npgettext, pgettext

from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

HOME: Final = "Asia/Seoul"
FIELD: Final = "Asia/Shanghai"
EXACT_BELOW_MS: Final = 6 * HOUR_MS
HOURS_BELOW_MS: Final = 48 * HOUR_MS


def wall(instant: int, zone: str = HOME) -> datetime:
    return datetime.fromtimestamp(instant // 1_000, ZoneInfo(zone))


def last_time(shown: time | None, now: Instant) -> Instant | None:
    """The last time a clock at the desk showed this; None: nothing was said."""
    if shown is None:
        return None
    today = wall(now).replace(hour=shown.hour, minute=shown.minute, second=0, microsecond=0)
    found = instants.of(today)
    return found if found <= now else Instant(found - DAY_MS)


def clock(instant: int, zone: str = HOME) -> str:
    """For instance 04:40."""
    return wall(instant, zone).strftime("%H:%M")


def day(instant: int, zone: str = HOME) -> str:
    """For instance 22 Nov."""
    date = wall(instant, zone)
    return pgettext("time", "%(day)d %(month)s") % {"day": date.day, "month": str(MONTHS_3[date.month]).capitalize()}


def dated(instant: int, now: int) -> str:
    """A day, with its year where that is another than now's: 22 Nov, 22 Nov 2027."""
    year = wall(instant).year
    if year == wall(now).year:
        return day(instant)
    return pgettext("time", "%(day)s %(year)d") % {"day": day(instant), "year": year}


def clock_date(instant: int, zone: str = HOME) -> str:
    """For instance 24 Nov 18:02."""
    return f"{day(instant, zone)} {clock(instant, zone)}"


def moment(instant: int, now: int) -> str:
    """The clock alone for today in Seoul; for any other day with its date."""
    return clock(instant) if wall(instant).date() == wall(now).date() else clock_date(instant)


def lately(instant: int, now: int) -> str:
    """The clock alone for what is less than a day old, as a sign of life on the lanes; else with its date."""
    return clock(instant) if 0 <= now - instant < DAY_MS else clock_date(instant)


def span(duration_ms: int) -> str:
    """Minutes below six hours, hours below two days, then days; always rounded down, never below nought."""
    left = max(0, duration_ms)
    hours, minutes = divmod(left // MINUTE_MS, 60)
    if left >= HOURS_BELOW_MS:
        return npgettext("time", "%(n)d day", "%(n)d days", left // DAY_MS) % {"n": left // DAY_MS}
    if left >= EXACT_BELOW_MS or (hours and not minutes):
        return pgettext("time", "%(hours)d h") % {"hours": hours}
    if hours:
        return pgettext("time", "%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return pgettext("time", "%(minutes)d min") % {"minutes": minutes}
