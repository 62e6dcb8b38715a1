"""The radio silence that is running, and those that touch a window."""

from ojakgyo.apps.contact.models import RadioSilence
from ojakgyo.apps.contact.radio.values import Running
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import Instant


def running(desk: Desk) -> Running | None:
    rows = RadioSilence.objects.filter(begun_ms__lte=desk.now, until_ms__gt=desk.now, ended_ms=None)
    row = rows.order_by("-until_ms").values_list("begun_ms", "until_ms").first()
    return None if row is None else Running(Instant(row[0]), Instant(row[1]))


def spans(since: Instant) -> tuple[Span, ...]:
    """Each that was running at this instant or later."""
    rows = RadioSilence.objects.filter(until_ms__gt=since).values_list("begun_ms", "until_ms", "ended_ms")
    ends = ((begun, min(until, until if ended is None else ended)) for begun, until, ended in rows)
    return tuple(Span(Instant(begun), Instant(end)) for begun, end in ends if end > since)
