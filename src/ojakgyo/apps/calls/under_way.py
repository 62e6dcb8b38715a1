"""A call that is under way: its number was shown, and what came of it is not written down yet.

Only the number begins one. Answers and rows by voice are there for whoever is called by a helper, whatever "may I call?"
says, and would make a yes of every no.
"""

from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Called, CallOverridden, CallReason, CallTakenBack, NumberShown, revive
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

LASTS_MS: Final = 15 * MINUTE_MS
"""So long a call is under way at most, from when its number was first shown; shown again meanwhile, it grows no longer."""


def ends(desk: Desk, person: PersonId) -> Instant | None:
    """Until when the call of the one at the desk with somebody is under way; None: there is none.

    It follows from what that officer did alone, and from nothing that was read of anybody.
    """
    begun, before = None, None
    for at, fact in _made(desk, person):
        if isinstance(fact, Called):
            begun, before = None, begun
        elif isinstance(fact, CallTakenBack):
            begun = before if begun is None else begun
        elif begun is None or at >= begun + LASTS_MS:
            begun = at
    return Instant(begun + LASTS_MS) if begun is not None and desk.now < begun + LASTS_MS else None


def overridden(desk: Desk, person: PersonId, until: Instant) -> CallReason | None:
    """Why the one at the desk calls although it said no, where the call that ends at `until` began so."""
    kinds, begun = inbox.names((CallOverridden,)), until - LASTS_MS
    rows = Entry.objects.filter(kind__in=kinds, actor=str(desk.actor), recorded_ms__gte=begun, body__isnull=False)
    told = [revive(row.kind, row.v, row.body) for row in rows.order_by("-seq")]
    return next((fact.reason for fact in told if isinstance(fact, CallOverridden) and fact.person == person), None)


def _made(desk: Desk, person: PersonId) -> list[tuple[Instant, Called | CallTakenBack | NumberShown]]:
    """What the one at the desk did within a day about calling somebody, in its order."""
    kinds = inbox.names((NumberShown, Called, CallTakenBack))
    rows = Entry.objects.filter(
        kind__in=kinds, actor=str(desk.actor), recorded_ms__gt=desk.now - DAY_MS, body__isnull=False
    )
    facts = [(Instant(row.recorded_ms), revive(row.kind, row.v, row.body)) for row in rows.order_by("seq")]
    return [
        (at, fact)
        for at, fact in facts
        if isinstance(fact, NumberShown | Called | CallTakenBack) and fact.person == person
    ]
