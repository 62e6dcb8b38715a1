"""The next window of a contact plan is agreed when the last one is kept or missed, by the house itself."""

from ojakgyo.apps.chronicle.duties import duty
from ojakgyo.apps.contact.agreements.keeping import keep_following
from ojakgyo.apps.contact.models import ContactPlan, Window
from ojakgyo.domain.checkins.patterns import Pattern
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import MachineLost, PlanKind, WindowKept, WindowMissed
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import MINUTE_MS, Instant


@duty(facts=(WindowKept, WindowMissed), since="beginning", lag_limit_ms=MINUTE_MS)
def agree_following(desk: Desk, *, seq: Seq, fact: WindowKept | WindowMissed) -> None:
    """Once for each window: where a later one stands already, by hand or from an earlier reading, nothing is done."""
    over = Window.objects.filter(pk=fact.window).values_list("opens_ms", flat=True).first()
    row = ContactPlan.objects.filter(person_id=fact.person, person__forgotten_ms=None).first()
    if over is None or row is None:
        return
    if Window.objects.filter(person_id=fact.person, opens_ms__gt=over).exists():
        return
    keep_following(desk, fact.person, plan_of(row), after=Instant(over))


@duty(facts=(MachineLost,), since="beginning", lag_limit_ms=MINUTE_MS)
def void_plans(desk: Desk, *, seq: Seq, fact: MachineLost) -> None:
    """Whoever has the machine knows every hour: no window follows by itself."""
    ContactPlan.objects.all().delete()


def plan_of(row: ContactPlan) -> Plan | Pattern:
    if row.kind is not PlanKind.DAYS:
        return Pattern(
            kind=row.kind,
            rule=row.rule,
            zone=row.zone,
            first=Instant(row.first_ms),
            length_ms=row.length_ms,
            grace_ms=row.grace_ms,
        )
    return Plan(first=Instant(row.first_ms), every_days=row.every_days, length_ms=row.length_ms, grace_ms=row.grace_ms)
