"""Is it the area? Looked at when a window there was missed or kept, inside the caller's transaction."""

from typing import Final

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.models import Outage
from ojakgyo.apps.contact.outages.queries import AGAIN, expected_lately
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import areas
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

SOON_MS: Final = MINUTE_MS


def look(desk: Desk, area: AreaId) -> bool:
    """Whether it is silent as a whole now; that it has become so, or is so no more, is recorded."""
    people = expected_lately(desk, area)
    silent, of = sum(one.silent for one in people), len(people)
    standing = Outage.objects.filter(area=area, until_ms=None)
    row = standing.first()
    if areas.is_out(people):
        if row is None:
            Outage.objects.create(area=area, since_ms=desk.now, silent=silent, of=of)
            record(desk, facts.AreaSilent(area=area, silent=silent, of=of))
        else:
            standing.update(silent=silent, of=of)
        return True
    if row is not None:
        standing.update(until_ms=desk.now)
        record(desk, facts.AreaHeard(area=area))
    return False


def look_soon(desk: Desk, area: AreaId) -> None:
    """A window there was missed. While the area is silent, it is looked at once for all that are missed in a minute."""
    if not Outage.objects.filter(area=area, until_ms=None).exists():
        look(desk, area)
        return
    soon = Instant(desk.now + SOON_MS)
    if due.when(AGAIN, about=[area]).get(area, soon) >= soon:
        due.put(AGAIN, key=f"{AGAIN}:{area}", about=area, due=soon)
