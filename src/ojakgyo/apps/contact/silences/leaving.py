"""What becomes of the silences of an officer who is no longer at the desk: the next on the rota is asked, at once."""

from ojakgyo.apps.chronicle.duties import duty
from ojakgyo.apps.contact.models import Silence
from ojakgyo.apps.contact.silences import standing
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import OfficerRemoved, OfficerSuspended
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import SECOND_MS


@duty(facts=(OfficerRemoved, OfficerSuspended), since="beginning", lag_limit_ms=5 * SECOND_MS)
def leave_silences(desk: Desk, *, seq: Seq, fact: OfficerRemoved | OfficerSuspended) -> None:
    """Nobody looks after them: each comes back now."""
    for row in Silence.objects.filter(officer=fact.officer, ended_ms=None).select_related("window").order_by("pk"):
        standing.come_back(desk, row)
