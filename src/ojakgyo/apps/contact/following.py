"""When somebody is to be in touch next, as it is said back when a contact is logged."""

from ojakgyo.apps.contact.agreements.following import plan_of
from ojakgyo.apps.contact.models import ContactPlan, Window, WindowSource, WindowState
from ojakgyo.apps.contact.queries import AHEAD_MS
from ojakgyo.domain.checkins.windows import EARLY_MS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import Instant


def next_contact(desk: Desk, person: PersonId, cell: CellId | None, *, relayed: bool = False) -> Instant | None:
    """When the first window opens that no contact of this moment keeps, however what was heard is read; None: none is known.

    Beyond 72 hours only for who holds the `cell`: a stranger to it reads nobody's month off the log. `relayed`: by somebody
    else's word, which keeps none before it opens.
    """
    held = cell is not None and desk.keyring.holds(cell)
    after = desk.now if relayed else desk.now + EARLY_MS
    agreed = Window.objects.filter(person_id=person, state=WindowState.AGREED, opens_ms__gt=after)
    found = agreed.order_by("opens_ms").values_list("opens_ms", flat=True).first() or _by_plan(person, after)
    return Instant(found) if found is not None and (held or found < desk.now + AHEAD_MS) else None


def opens_within(desk: Desk, person: PersonId) -> Instant | None:
    """When the window opens that a contact of this moment may keep before its time; None: none is about to open."""
    soon = Window.objects.filter(person_id=person, state=WindowState.AGREED, opens_ms__gt=desk.now)
    soon = soon.filter(opens_ms__lte=desk.now + EARLY_MS).order_by("-opens_ms")
    found = soon.values_list("opens_ms", flat=True).first()
    return None if found is None else Instant(found)


def closes_by_row(person: PersonId, opens: Instant | None) -> Instant | None:
    """Until when the window is open that opens then, where a row of their paper says its hours; None: another, or none."""
    rows = Window.objects.filter(person_id=person, opens_ms=opens, source=WindowSource.ROW)
    found = None if opens is None else rows.values_list("closes_ms", flat=True).first()
    return None if found is None else Instant(found)


def _by_plan(person: PersonId, after: int) -> int | None:
    row = ContactPlan.objects.filter(person_id=person).first()
    found = None if row is None else plan_of(row).next(Instant(after), after=Instant(after))
    return None if found is None else found.opens
