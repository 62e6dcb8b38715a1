"""What is done about the network: persons in cells, lines, places, links."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.keeping import NewLine, draft_line, keep_line, keep_person
from ojakgyo.apps.network.links import NewLink, keep_links
from ojakgyo.apps.network.models import Area, CellLead, LineKind, Membership, Place
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.models import Cell
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import AreaId, CellId, LineId, LinkId, PersonId, PlaceId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import PersonRole


@action
def add_person(desk: Desk, *, name: CodeName, role: PersonRole, cell: CellId) -> PersonId:
    """Somebody new in a cell, known by code name from now on."""
    return keep_person(desk, name=name, role=role, cell=cell)


@action
def record_area(desk: Desk, *, north: bool, number: int) -> AreaId:
    """A coarse stretch of country."""
    if Area.objects.filter(north=north, number=number).exists():
        raise Refused("network.area_exists")
    area = AreaId(Area.objects.create(north=north, number=number).pk)
    record(desk, facts.AreaRecorded(area=area))
    return area


@action
def record_place(desk: Desk, *, area: AreaId) -> PlaceId:
    """A house, known by its area alone."""
    place = PlaceId(Place.objects.create(area_id=area).pk)
    record(desk, facts.PlaceRecorded(place=place, area=area))
    return place


def record_line(
    desk: Desk,
    *,
    holder: PersonId,
    number: str,
    state: LineState = LineState.ACTIVE,
    kind: LineKind = LineKind.PHONE,
) -> LineId:
    """A phone in somebody's pocket, `number` in E.164; of mail its address, of word of mouth nothing.

    The one at the desk must hold the key of the holder's cell.
    """
    cell = CellId(Membership.objects.values_list("cell_id", flat=True).get(person_id=holder))
    return write_line(desk, line=draft_line(desk, cell=cell, number=number, kind=kind), holder=holder, state=state)


@action
def write_line(desk: Desk, *, line: NewLine, holder: PersonId, state: LineState) -> LineId:
    """Write a line whose number is sealed and indexed already."""
    return keep_line(desk, line=line, holder=holder, state=state)


@action
def lead_cell(desk: Desk, *, cell: CellId, lead: PersonId | None, deputy: PersonId | None) -> CellId:
    """Who leads a cell and who stands in; both belong to it, and the one at the desk must hold its key."""
    desk.keyring.cell_key(cell)
    if lead is not None and lead == deputy:
        raise Refused("network.lead_is_deputy")
    named = {person for person in (lead, deputy) if person is not None}
    if Membership.objects.filter(cell_id=cell, person_id__in=named).count() != len(named):
        raise Refused("network.not_of_the_cell")
    CellLead.objects.update_or_create(cell_id=cell, defaults={"lead_id": lead, "deputy_id": deputy})
    record(desk, facts.CellLed(cell=cell, lead=lead, deputy=deputy))
    return cell


@action
def move_cell(desk: Desk, *, cell: CellId, area: AreaId) -> CellId:
    """A cell works in another area. For who manages cells and holds the key of this one."""
    rights.demand_manager(desk.actor, vault.roles(desk))
    desk.keyring.cell_key(cell)
    if not Area.objects.filter(pk=area).exists():
        raise Refused("house.not_found", area=area)
    Cell.objects.filter(pk=cell).update(area=area)
    record(desk, facts.CellMoved(cell=cell, area=area))
    return cell


@action
def record_link(
    desk: Desk,
    *,
    kind: LinkKind,
    knower: int,
    known: int,
    mutual: bool,
    first: Instant,
    last: Instant,
    times: int = 1,
    in_the_north: bool = False,
) -> LinkId:
    """Who came to know enough to endanger whom, and when. It is forgotten by itself: structure forgets."""
    known_now = NewLink(
        kind=kind,
        knower=knower,
        known=known,
        mutual=mutual,
        first=first,
        last=last,
        times=times,
        in_the_north=in_the_north,
    )
    (link,) = keep_links(desk, [known_now])
    return link
