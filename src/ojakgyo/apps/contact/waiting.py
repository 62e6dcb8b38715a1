"""The end of waiting: which window a sign of life keeps, by whichever way it came."""

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.domain.checkins import windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import WindowKept
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


def keep_window(desk: Desk, person: PersonId, heard: Instant, *, but: int | None = None) -> int | None:
    """Keep the window in which somebody was heard, inside the caller's transaction; None: they were heard in none.

    `but`: one that was agreed by what is read now; it is for the next time.
    """
    waiting = Window.objects.filter(person_id=person, state=WindowState.AGREED).exclude(pk=but)
    agreed = list(waiting.order_by("opens_ms"))
    place = windows.kept_by([windows.Window(row.opens_ms, row.closes_ms, row.grace_ms) for row in agreed], heard)
    if place is None:
        return None
    kept = agreed[place]
    Window.objects.filter(pk=kept.pk).update(state=WindowState.KEPT, heard_ms=heard)
    due.drop(f"contact.window:{kept.pk}")
    record(desk, WindowKept(person=person, window=kept.pk, told=heard))
    return int(kept.pk)
