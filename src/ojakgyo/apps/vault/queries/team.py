"""The officers as their pages show them."""

from collections import Counter

from django.db.models import F

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.queries import memberships
from ojakgyo.apps.vault.queries.cells import cells, cells_of_holder
from ojakgyo.apps.vault.queries.officers import active_with, keeps, officers
from ojakgyo.apps.vault.queries.requests import open_removal
from ojakgyo.apps.vault.values import CellLine, Officer, OfficerLine, OfficerPage, OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import CellId, OfficerId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import OfficerRole

_ORDER = tuple(OfficerState)


def team(desk: Desk) -> tuple[OfficerLine, ...]:
    """Every officer: who may sit down, then who is suspended, then who was removed."""
    present = models.Grant.objects.filter(epoch=F("cell__epoch"))
    held = Counter(present.values_list("officer_id", flat=True))
    since = dict(models.Officer.objects.values_list("id", "state_ms"))
    lines = [OfficerLine(each, Instant(since[each.id]), held[each.id]) for each in officers(desk)]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.officer.state), line.officer.code_name.ko)))


def officer_page(desk: Desk, *, id: OfficerId) -> OfficerPage:
    """One officer: roles, cells, and what may be done about them. Nobody: ``Refused``."""
    line = next((each for each in team(desk) if each.officer.id == id), None)
    if line is None:
        raise Refused("vault.officer_gone")
    row = models.Officer.objects.get(id=id)
    known: dict[OfficerId, Officer] = {each.id: each for each in officers(desk)}
    held, lost = frozenset(cells_of_holder(id)), memberships.lost(id)
    return OfficerPage(
        line=line,
        enrolled_by=known[OfficerId(row.enrolled_by_id)].code_name,
        held=_of(desk, held),
        lost=_of(desk, lost - held),
        has_slot=row.slot is not None,
        has_factor=models.SecondFactor.objects.filter(officer=id).exists(),
        kept=keeps(desk, officer=id),
        last_safety=active_with(OfficerRole.SAFETY) == {id},
        request=open_removal(desk, officer=id),
        knows_root=memberships.knows_root(id),
    )


def _of(desk: Desk, chosen: frozenset[CellId]) -> tuple[CellLine, ...]:
    return tuple(line for line in cells(desk) if line.id in chosen)


def removed_with_root(desk: Desk) -> tuple[Officer, ...]:
    """Officers who were removed and had opened the house, whose keys it still runs on."""
    return tuple(
        each for each in officers(desk) if each.state is OfficerState.REMOVED and memberships.knows_root(each.id)
    )
