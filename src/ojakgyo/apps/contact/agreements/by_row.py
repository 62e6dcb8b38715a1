"""The row that a text used up says when next: the window it prints is agreed, the same for every result that has a row.

It takes the place of what the plan, an earlier row or the day after a quiet was to bring; what was agreed by hand stays.
"""

from typing import Final

from django.db.models import QuerySet

from ojakgyo.apps.contact import graces, quiet
from ojakgyo.apps.contact.agreements.keeping import keep_window, let_go
from ojakgyo.apps.contact.agreements.values import NewWindow
from ojakgyo.apps.contact.models import ContactPlan, Window, WindowSource, WindowState
from ojakgyo.apps.network.queries import cells_of, whereabouts
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.checkins import printed as clocks
from ojakgyo.domain.checkins.printed import Printed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import Instant

GIVES_WAY: Final = (WindowSource.PLAN, WindowSource.ROW, WindowSource.QUIET)


def agree(
    desk: Desk, person: PersonId, printed: Printed, *, heard: Instant, instead: Instant | None = None
) -> int | None:
    """Inside the caller's transaction, after the window that the text itself keeps; None: none is agreed by the row.

    `instead`: when the window opens that an officer typed with this very text; it stands in the row's place.
    """
    cell = cells_of([person]).get(person)
    if cell is None:
        return None
    coming = Window.objects.filter(person_id=person, state=WindowState.AGREED, opens_ms__gt=heard)
    if instead is not None:
        let_go(coming.filter(source__in=GIVES_WAY).exclude(opens_ms=instead))
        return None
    window = printed.window(heard, _zone(desk, cell), grace_ms=_grace_ms(desk, person, cell))
    until = quiet.until_of(person)
    if (until is not None and window.opens < until) or (printed.late and _said_since(coming, window.opens)):
        return None
    let_go(coming.filter(source__in=GIVES_WAY))
    if Window.objects.filter(person_id=person, opens_ms=window.opens).exists():
        return None
    new = NewWindow(opens=window.opens, length_ms=window.closes - window.opens, grace_ms=window.grace_ms)
    return keep_window(desk, person, new, source=WindowSource.ROW)


def _said_since(coming: QuerySet[Window], opens: Instant) -> bool:
    """Whether what was written later says when next, or nobody is waited for earlier by what a late row says."""
    later = coming.filter(source__in=(WindowSource.ROW, WindowSource.QUIET))
    return later.exists() or coming.filter(opens_ms__gt=opens).exists()


def _zone(desk: Desk, cell: CellId) -> str:
    return clocks.CHINA if whereabouts(desk, cell)[0].startswith(Side.CHINA) else clocks.NORTH


def _grace_ms(desk: Desk, person: PersonId, cell: CellId) -> int:
    planned = ContactPlan.objects.filter(person_id=person).values_list("grace_ms", flat=True).first()
    return graces.usual_ms(desk, cell, person) if planned is None else planned
