"""A wall clock somewhere, and the instant at which it shows an hour. Zones are named as IANA names them.

Where clocks are set ahead, an hour that is left out opens at the moment of the change; where they are set back, an hour that
comes twice is the first of the two. Pyongyang went back by half an hour on 2015-08-15 and ahead again on 2018-05-05.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import MINUTE_MS, Instant


class Zone(StrEnum):
    """Those a page offers; a rule of a calendar may name any other."""

    SEOUL = "Asia/Seoul"
    PYONGYANG = "Asia/Pyongyang"
    SHANGHAI = "Asia/Shanghai"


@cache
def zone(name: str) -> ZoneInfo:
    """Its rules; no zone of that name: ``ValueError``."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError):  # a folder of zones, such as Asia, is an OSError
        raise ValueError("no such zone") from None


def at(wall: datetime, name: str) -> Instant:
    """The instant at which a clock there shows `wall`, which bears no zone of its own."""
    clock = zone(name)
    found = instants.of(wall.replace(tzinfo=clock))
    return found if shown(found, name) == wall else _change(wall, clock)


def shown(instant: int, name: str) -> datetime:
    """What a clock there shows then, bearing no zone."""
    return instants.aware(instant).astimezone(zone(name)).replace(tzinfo=None)


def _change(wall: datetime, clock: ZoneInfo) -> Instant:
    """When clocks were set ahead past `wall`: changes happen at full minutes, between what the two offsets make of it."""
    early, late = (instants.of(wall.replace(tzinfo=clock, fold=fold)) // MINUTE_MS for fold in (1, 0))
    before = instants.aware(early * MINUTE_MS).astimezone(clock).utcoffset()
    while late - early > 1:
        middle = (early + late) // 2
        same = instants.aware(middle * MINUTE_MS).astimezone(clock).utcoffset() == before
        early, late = (middle, late) if same else (early, middle)
    return Instant(late * MINUTE_MS)


def day_before(wall: datetime) -> datetime:
    """Far enough back that no change of clocks hides what follows."""
    return wall - timedelta(days=1)
