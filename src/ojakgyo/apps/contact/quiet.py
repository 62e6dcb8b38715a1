"""An announced quiet: no window before its end is waited for, and one is from then on, for a day."""

from typing import Final

from django.db.models import Q

from ojakgyo.apps.contact import graces
from ojakgyo.apps.contact.agreements.keeping import keep_window, let_go
from ojakgyo.apps.contact.agreements.queries import quiet_among
from ojakgyo.apps.contact.agreements.values import NewWindow
from ojakgyo.apps.contact.models import ContactPlan, Quiet, Window, WindowSource, WindowState
from ojakgyo.apps.contact.values import QuietLine
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

LENGTH_MS: Final = DAY_MS
"""Days were said, and no hour."""


def keep(desk: Desk, person: PersonId, *, until: Instant) -> None:
    """Inside the caller's transaction. A window that is agreed for the first day after stays the one that is waited for."""
    Quiet.objects.update_or_create(person_id=person, defaults={"until_ms": until})
    agreed = Window.objects.filter(person_id=person, state=WindowState.AGREED)
    said_before = Q(source__in=(WindowSource.ROW, WindowSource.QUIET), opens_ms__gt=desk.now)
    let_go(agreed.filter(Q(opens_ms__lt=until) | said_before))
    after = Window.objects.filter(person_id=person, opens_ms__gte=until, opens_ms__lte=until + LENGTH_MS)
    if not after.exists():
        day = NewWindow(opens=until, length_ms=LENGTH_MS, grace_ms=_grace(desk, person))
        keep_window(desk, person, day, source=WindowSource.QUIET)


def announced(desk: Desk) -> tuple[QuietLine, ...]:
    """Who has said so, as far as the one at the desk holds the key of their cell; whoever is heard first, first."""
    until = quiet_among(desk.now)
    cells = cells_of(until) if until else {}
    own = [person for person, cell in cells.items() if desk.keyring.holds(cell)]
    names = code_names(desk, own) if own else {}
    lines = (QuietLine(person=PersonId(each), code_name=names[each], until=until[each]) for each in own)
    return tuple(sorted(lines, key=lambda line: (line.until, line.code_name.en)))


def until_of(person: PersonId) -> Instant | None:
    """Until when nothing is expected of somebody, as they said last, over or not; None: they never said."""
    found = Quiet.objects.filter(person_id=person).values_list("until_ms", flat=True).first()
    return None if found is None else Instant(found)


def _grace(desk: Desk, person: PersonId) -> int:
    planned = ContactPlan.objects.filter(person_id=person).values_list("grace_ms", flat=True).first()
    return graces.usual_ms(desk, cells_of([person]).get(person), person) if planned is None else planned
