"""Rows passed over are forgotten after 48 hours."""

from ojakgyo.apps.cards.models import LateRow
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import HOUR_MS, Instant


@due_duty("cards.forget_row", lag_limit_ms=HOUR_MS)
def forget_row(desk: Desk, *, about: int, due: Instant) -> None:
    """A row passed over did not arrive within 48 hours, and is no longer read."""
    LateRow.objects.filter(pk=about).delete()
