"""What becomes of the warnings of an officer who is no longer at the desk: they wait for somebody to take them."""

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import duty
from ojakgyo.apps.watch import asking
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import OfficerRemoved, OfficerSuspended, WarningLeft
from ojakgyo.domain.values.ids import Seq, WarningId
from ojakgyo.domain.values.instants import SECOND_MS


@duty(facts=(OfficerRemoved, OfficerSuspended), since="beginning", lag_limit_ms=5 * SECOND_MS)
def leave_warnings(desk: Desk, *, seq: Seq, fact: OfficerRemoved | OfficerSuspended) -> None:
    """Nobody holds them in hand: what was taken is open again, and a red one wakes somebody else."""
    for row in Warning.objects.filter(owner=fact.officer).exclude(state=WarningState.CLOSED).order_by("pk"):
        row.owner, row.acknowledged = None, False
        if row.state is WarningState.OWNED:
            row.state = WarningState.OPEN
        row.seq = record(desk, WarningLeft(warning=WarningId(row.pk), officer=fact.officer))
        if row.red_ms is not None and row.state is not WarningState.WARNED:
            asking.begin(row, now=desk.now)
        row.save(update_fields=["owner", "acknowledged", "state", "seq", "red_ms"])
