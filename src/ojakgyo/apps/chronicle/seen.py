"""Until when the house was at work: written down once a minute, so that a house that was killed knows how long it was away.

It is kept apart from the facts because it must not hang on them: whether the last fact before a crash was a deadline
turning red, and when, is nothing that everybody may read from how long the house was away.
"""

from typing import Final

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Seen
from ojakgyo.apps.chronicle.newest import newest
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Absence, HouseWasAway
from ojakgyo.domain.values.instants import HOUR_MS, Instant

SAID_MS: Final = 12 * HOUR_MS


def last() -> Instant:
    """0 before the first time."""
    return Instant(Seen.objects.values_list("at_ms", flat=True).filter(only=1).first() or 0)


def away_lately(now: Instant) -> HouseWasAway | None:
    """The newest time that the house was not there, for half a day after it."""
    fact = newest([HouseWasAway])
    return fact if isinstance(fact, HouseWasAway) and now - fact.until < SAID_MS else None


def keep(now: Instant) -> None:
    """The house is at work now. It is the one row that is written in no transaction of an act: nothing follows from it."""
    if not Seen.objects.filter(only=1).update(at_ms=now):
        Seen.objects.get_or_create(only=1, defaults={"at_ms": now})


@action
def note_away(desk: Desk, *, since: Instant, absence: Absence) -> None:
    """From `since` until now nobody looked after anything."""
    record(desk, facts.HouseWasAway(since=since, until=desk.now, absence=absence))


@action
def note_clock_lost(desk: Desk, *, lost_ms: int) -> None:
    """The machine's clock was set back, or has forgotten the time."""
    record(desk, facts.ClockWentBack(machine=Instant(desk.now - lost_ms), house=desk.now))
