"""How long silence is forgiven where nobody says otherwise: by how hard it is to be heard from there.

The figures stand in `ojak.toml` under `[grace]`; an area across the border is near it unless it is named as one inside.
"""

from django.conf import settings

from ojakgyo.apps.network.queries import whereabouts
from ojakgyo.apps.people.queries import roles_of
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.checkins.windows import Region
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.domain.values.roles import PersonRole


def usual_ms(desk: Desk, cell: CellId | None, person: PersonId | None = None) -> int:
    """Of a cell, and of one person of it, who may be on the move; in no cell: near the border."""
    return int(settings.OJAK_GRACE_HOURS[region(desk, cell, person)]) * HOUR_MS


def region(desk: Desk, cell: CellId | None, person: PersonId | None = None) -> Region:
    """Whoever is brought from place to place is on the move, wherever their cell is."""
    if person is not None and PersonRole.TRAVELLER in roles_of(person):
        return Region.MOVING
    if cell is None:
        return Region.BORDER
    code, area = whereabouts(desk, cell)
    if code.startswith(Side.CHINA):
        return Region.CHINA
    return Region.INSIDE if area in settings.OJAK_INSIDE_AREAS else Region.BORDER
