"""Structure forgets: links are deleted when their time is up."""

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.apps.network.models import Link
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import LinkId
from ojakgyo.domain.values.instants import HOUR_MS, Instant


@due_duty("network.forget_link", lag_limit_ms=HOUR_MS)
def forget_link(desk: Desk, *, about: int, due: Instant) -> None:
    """Twelve months after the last time, ninety days for a meeting inside the North."""
    Link.objects.filter(pk=about).delete()
    record(desk, facts.LinkForgotten(link=LinkId(about)))
