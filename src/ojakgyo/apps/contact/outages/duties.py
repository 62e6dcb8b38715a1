"""The house looks at an area again when somebody there was heard, and each hour while it is silent."""

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact.models import Outage
from ojakgyo.apps.contact.outages.looking import look
from ojakgyo.apps.contact.outages.queries import AGAIN
from ojakgyo.apps.contact.silences.hearing import Heard, whom
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    AreaSilent,
    ChallengeAnswered,
    GroupCounted,
    HeardThrough,
    HeardWithoutCard,
    MessageRead,
    QuestionAnswered,
    WindowKept,
)
from ojakgyo.domain.values.ids import AreaId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


@duty(
    facts=(
        WindowKept,
        MessageRead,
        HeardWithoutCard,
        HeardThrough,
        ChallengeAnswered,
        QuestionAnswered,
        GroupCounted,
    ),
    since="beginning",
    lag_limit_ms=5_000,
)
def hear_area(desk: Desk, *, seq: Seq, fact: Heard) -> None:
    """Somebody there was heard, in a window or outside: it may be out no more."""
    out = set(Outage.objects.filter(until_ms=None).values_list("area", flat=True))
    areas = {area_of(desk, person) for person in whom(fact)} if out else set()
    for area in sorted(each for each in areas if each is not None and each in out):
        look(desk, area)


@duty(facts=(AreaSilent,), since="beginning", lag_limit_ms=MINUTE_MS)
def watch_area(desk: Desk, *, seq: Seq, fact: AreaSilent) -> None:
    """What is said of an area is said of the last day: it is looked at again each hour."""
    _again(desk, fact.area)


@due_duty("contact.area_again", lag_limit_ms=MINUTE_MS)
def look_at_area(desk: Desk, *, about: int, due: Instant) -> None:
    """An hour has passed: those who were silent may be silent by themselves now."""
    if look(desk, AreaId(about)):
        _again(desk, AreaId(about))


def _again(desk: Desk, area: AreaId) -> None:
    key, due = f"{AGAIN}:{area}", Instant(desk.now + HOUR_MS)
    due_list.put(AGAIN, key=key, about=area, due=due)
    due_list.again(key, due=due)
