"""What is done about the network: persons in cells, lines, places, links."""

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.models import Area, Line, Link, Membership, Place
from ojakgyo.apps.people.actions import keep
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import AreaId, CellId, LineId, LinkId, PersonId, PlaceId
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import PersonRole

LINK_KEPT_MS = 365 * DAY_MS
MEETING_IN_THE_NORTH_KEPT_MS = 90 * DAY_MS


@action
def add_person(desk: Desk, *, name: CodeName, role: PersonRole, cell: CellId) -> PersonId:
    """Somebody new in a cell, known by code name from now on."""
    person = keep(name, role)
    Membership.objects.create(person_id=person, cell_id=cell)
    record(desk, facts.PersonAdded(person=person, role=role, cell=cell))
    return person


@action
def record_area(desk: Desk, *, north: bool, number: int) -> AreaId:
    """A coarse stretch of country."""
    area = AreaId(Area.objects.create(north=north, number=number).pk)
    record(desk, facts.AreaRecorded(area=area))
    return area


@action
def record_place(desk: Desk, *, area: AreaId) -> PlaceId:
    """A house, known by its area alone."""
    place = PlaceId(Place.objects.create(area_id=area).pk)
    record(desk, facts.PlaceRecorded(place=place, area=area))
    return place


@action
def record_line(desk: Desk, *, holder: PersonId, number: str, state: LineState = LineState.ACTIVE) -> LineId:
    """A phone in somebody's pocket; `number` in E.164. The one at the desk must hold the key of the holder's cell."""
    cell = CellId(Membership.objects.values_list("cell_id", flat=True).get(person_id=holder))
    ring, key = desk.keyring.ring, desk.keyring.cell_key(cell)
    line = Line(holder_id=holder, index=ring.line_index("phone", number), made_with=ring.line_key_id, state=state)
    line.epoch = key.epoch
    line.number = seals.seal(key.wrap(), seals.place(Table.LINE, line.pk, Group.IDENT), {"number": number})
    line.save(force_insert=True)
    record(desk, facts.LineRecorded(line=LineId(line.pk), holder=holder))
    return LineId(line.pk)


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
    link = Link.objects.create(
        kind=kind, knower=knower, known=known, mutual=mutual, first_ms=first, last_ms=last, times=times
    )
    kept = MEETING_IN_THE_NORTH_KEPT_MS if in_the_north and kind is LinkKind.MET else LINK_KEPT_MS
    due.put("network.forget_link", key=f"network.forget_link:{link.pk}", about=link.pk, due=Instant(last + kept))
    record(
        desk,
        facts.LinkRecorded(link=LinkId(link.pk), link_kind=kind, happened_from=first, happened_to=last, told=desk.now),
    )
    return LinkId(link.pk)
