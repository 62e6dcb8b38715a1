"""Who may see and change a line: who holds the key of its holder's cell."""

from ojakgyo.apps.network.models import Line
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values.ids import LineId


def held_line(desk: Desk, line: LineId) -> Line:
    """Its row. No line of this id: ``Refused``; another's cell, or a holder in none: ``NotHeld``."""
    row = Line.objects.filter(pk=line).first()
    if row is None:
        raise Refused("house.not_found", line=line)
    cell = cells_of([row.holder_id]).get(row.holder_id)
    if cell is None:
        raise NotHeld(line=line)
    desk.keyring.cell_key(cell)
    return row
