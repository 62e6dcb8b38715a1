"""An announced quiet: no window before its end is waited for, and one is from then on, for a day."""

from typing import Final

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.contact.agreements.keeping import keep_window
from ojakgyo.apps.contact.agreements.values import NewWindow
from ojakgyo.apps.contact.models import ContactPlan, Window, WindowState
from ojakgyo.domain.checkins.windows import GRACE_MS, Region
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

LENGTH_MS: Final = DAY_MS
"""Days were said, and no hour."""


def keep(desk: Desk, person: PersonId, *, until: Instant) -> None:
    """Inside the caller's transaction. A window that is agreed for the first day after stays the one that is waited for."""
    agreed = Window.objects.filter(person_id=person, state=WindowState.AGREED)
    let_go = agreed.filter(opens_ms__lt=until)
    for window in let_go.values_list("pk", flat=True):
        due.drop(f"contact.window:{window}")
    let_go.delete()
    after = Window.objects.filter(person_id=person, opens_ms__gte=until, opens_ms__lte=until + LENGTH_MS)
    if not after.exists():
        keep_window(desk, person, NewWindow(opens=until, length_ms=LENGTH_MS, grace_ms=_grace(person)))


def _grace(person: PersonId) -> int:
    planned = ContactPlan.objects.filter(person_id=person).values_list("grace_ms", flat=True).first()
    return GRACE_MS[Region.BORDER] if planned is None else planned
