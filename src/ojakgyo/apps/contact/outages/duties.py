"""The house looks at an area again when somebody there was heard, and each hour while it is silent."""

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact.models import Outage
from ojakgyo.apps.contact.outages.looking import look
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    AreaSilent,
    ChallengeAnswered,
    HeardThrough,
    HeardWithoutCard,
    MessageRead,
    QuestionAnswered,
    WindowKept,
)
from ojakgyo.domain.values.ids import AreaId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

AGAIN = "contact.area_again"


@duty(
    facts=(WindowKept, MessageRead, HeardWithoutCard, HeardThrough, ChallengeAnswered, QuestionAnswered),
    since="beginning",
    lag_limit_ms=5_000,
)
def hear_area(
    desk: Desk,
    *,
    seq: Seq,
    fact: WindowKept | MessageRead | HeardWithoutCard | HeardThrough | ChallengeAnswered | QuestionAnswered,
) -> None:
    """Somebody there was heard, in a window or outside: it may be out no more."""
    if fact.person is None or not Outage.objects.filter(until_ms=None).exists():
        return
    area = area_of(desk, fact.person)
    if area is not None and Outage.objects.filter(area=area, until_ms=None).exists():
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
