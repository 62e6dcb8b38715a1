"""The end of waiting: which window a sign of life keeps, by whichever way it came."""

from collections.abc import Iterable

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.contact.radio.queries import spans
from ojakgyo.apps.contact.signs import first_heard
from ojakgyo.domain.checkins import radio, windows
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import WindowKept
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


def keep_window(
    desk: Desk, person: PersonId, heard: Instant, *, but: int | None = None, relayed: bool = False
) -> int | None:
    """Keep the window in which somebody was heard, inside the caller's transaction; None: they were heard in none.

    A window that a radio silence touches takes a sign of life for as long as it is not judged. `but`: one that was agreed by
    what is read now; it is for the next time. `relayed`: by somebody else's word, which tells of a while ago: it keeps no
    window that has yet to open.
    """
    waiting = Window.objects.filter(person_id=person, state=WindowState.AGREED).exclude(pk=but)
    waiting = waiting.filter(opens_ms__lte=heard) if relayed else waiting
    agreed = list(waiting.order_by("opens_ms"))
    still = spans(Instant(min((row.opens_ms for row in agreed), default=heard)))
    place = windows.kept_by([_judged(row, still) for row in agreed], heard)
    if place is None:
        return None
    kept = agreed[place]
    due.drop(f"contact.window:{kept.pk}")
    return _keep(desk, kept, heard)


def keep_heard_since(desk: Desk, window: int) -> bool:
    """Keep a window that is to be judged now, where they were heard since it opened; False: they were not.

    What came in while a deaf desk judged nobody kept no window then, and may have kept a later one.
    """
    row = Window.objects.filter(pk=window, state=WindowState.AGREED).first()
    heard = {} if row is None else first_heard({row.person_id: row.opens_ms})
    if row is None or row.person_id not in heard:
        return False
    _keep(desk, row, heard[row.person_id])
    return True


def _keep(desk: Desk, row: Window, heard: Instant) -> int:
    Window.objects.filter(pk=row.pk).update(state=WindowState.KEPT, heard_ms=heard)
    record(desk, WindowKept(person=PersonId(row.person_id), window=row.pk, told=heard))
    return int(row.pk)


def _judged(row: Window, still: Iterable[Span]) -> windows.Window:
    """With the grace it has by now."""
    agreed = windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
    return windows.Window(agreed.opens, agreed.closes, radio.judged_from(agreed, still) - agreed.closes)
