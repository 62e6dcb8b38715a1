"""A file that was read in and not applied is forgotten after seven days."""

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.apps.intake.models import Batch, BatchState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import BatchDropped
from ojakgyo.domain.values.ids import BatchId
from ojakgyo.domain.values.instants import HOUR_MS, Instant


@due_duty("intake.die", lag_limit_ms=HOUR_MS)
def forget_staged(desk: Desk, *, about: int, due: Instant) -> None:
    """Its content is gone; that there was a file, how many rows and how much there was to say of them stays."""
    if Batch.objects.filter(pk=about, state=BatchState.STAGED).update(state=BatchState.DROPPED, content=None):
        record(desk, BatchDropped(batch=BatchId(about)))
