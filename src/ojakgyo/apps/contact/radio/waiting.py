"""What a radio silence holds back: a window it touches is not missed before its own grace has passed after it."""

from typing import Final

from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.contact.radio.queries import running, spans
from ojakgyo.domain.checkins import radio, windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

LOOK_AGAIN_MS: Final = 5 * MINUTE_MS
"""While one is running it may be ended at any moment."""


def waits_until(desk: Desk, window: int) -> Instant | None:
    """When to look at this window again; None: nothing holds it back."""
    row = Window.objects.filter(pk=window, state=WindowState.AGREED).first()
    if row is None:
        return None
    known = windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
    judged = radio.judged_from(known, spans(known.opens))
    if judged <= desk.now:
        return None
    return judged if running(desk) is None else Instant(min(judged, desk.now + LOOK_AGAIN_MS))
