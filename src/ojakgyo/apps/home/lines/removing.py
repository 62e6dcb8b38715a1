"""Taking away a line that was mistyped: nothing may stand under it. It stands up here, where all of it can be seen."""

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.home.lines.queries import referred_to
from ojakgyo.apps.network.lines.acts import REMIND
from ojakgyo.apps.network.lines.keys import held_line
from ojakgyo.apps.network.models import Charge
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineRemoved
from ojakgyo.domain.values.ids import LineId, PersonId


@action
def remove_line(desk: Desk, *, line: LineId) -> PersonId:
    """Its number goes with it. Returns whose it was. Calls, texts, links or sharers stand under it: ``Refused``."""
    row = held_line(desk, line)
    if referred_to(line):
        raise Refused("network.line_referred_to", line=line)
    Charge.objects.filter(pk=line).delete()
    due.drop_all(REMIND, about=[line])
    row.delete()
    record(desk, LineRemoved(line=line))
    return PersonId(row.holder_id)
