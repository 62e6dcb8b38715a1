"""Contacts, lines by their index, cells by person. The network as arrays is in `snapshots`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from ojakgyo.apps.network.models import Area, CellLead, Line, LineKind, Link, Membership, Place
from ojakgyo.apps.network.ties import Tie
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import AreaId, CellId, LineId, LinkId, PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Contacts:
    """Links used lately, fetched once for however many persons are asked about. `holder`: burnt lines included."""

    ties: tuple[Tie, ...]
    holder: Mapping[int, int]
    places: frozenset[int]

    def met_by(self, person: int) -> dict[int, Tie]:
        """Whom a person met, called, paid or housed, or shared a house with: the newest link with each.

        Calls count as contact with whoever carries the line; `times` counts the links of that kind with this person.
        """
        mine = {person, *(line for line, carrier in self.holder.items() if carrier == person)}
        own = [(tie, other) for tie in self.ties for here, other in _both_ways(tie) if here in mine]
        stayed = {other for _, other in own if other in self.places}
        shared = [(tie, other) for tie in self.ties for here, other in _both_ways(tie) if here in stayed]
        met: dict[int, list[Tie]] = {}
        for tie, other in (*own, *shared):
            if (known := self.holder.get(other, other)) != person and known not in self.places:
                met.setdefault(known, []).append(tie)
        return {known: _newest(found) for known, found in met.items()}


def contacts_since(since: Instant) -> Contacts:
    return Contacts(
        ties=tuple(_ties(Link.objects.filter(last_ms__gte=since).order_by("-last_ms", "pk"))),
        holder=dict(Line.objects.values_list("pk", "holder_id")),
        places=frozenset(Place.objects.values_list("pk", flat=True)),
    )


def met_since(person: int, since: Instant) -> dict[int, Tie]:
    """One person's contacts since then."""
    return contacts_since(since).met_by(person)


def _both_ways(tie: Tie) -> tuple[tuple[int, int], tuple[int, int]]:
    return (tie.knower, tie.known), (tie.known, tie.knower)


def _newest(ties: list[Tie]) -> Tie:
    newest = max(ties, key=lambda tie: (tie.last, -tie.id))
    return replace(newest, times=sum(tie.times for tie in ties if tie.kind is newest.kind))


def line_at(desk: Desk, number: str) -> LineId | None:
    """The line of a number in E.164, by its blind index."""
    return line_of_indexes(desk.keyring.ring.line_indexes("phone", number))


def line_of_indexes(indexes: Collection[bytes]) -> LineId | None:
    """By the present index of a number, or one that a line may still stand under; see `Ring.line_indexes`."""
    found = Line.objects.filter(index__in=indexes).values_list("pk", flat=True).first()
    return None if found is None else LineId(found)


def every_line_is_indexed(desk: Desk) -> bool:
    """Whether the earlier keys of the line index can be forgotten: no line stands under one any more."""
    return not Line.objects.filter(index__isnull=False).exclude(made_with=desk.keyring.ring.line_key_id).exists()


def holder_of(line: int | None) -> PersonId | None:
    found = Line.objects.filter(pk=line).values_list("holder_id", flat=True).first()
    return None if found is None else PersonId(found)


def number_of(desk: Desk, line: LineId) -> str:
    """The number of a line in E.164, for who holds the key of its holder's cell; others: ``NotHeld``."""
    row = Line.objects.get(pk=line)
    key = desk.keyring.cell_key(cell_of(PersonId(row.holder_id)), row.epoch).wrap()
    if row.number is None:
        raise Refused("people.forgotten", line=line)
    number: str = seals.unseal(key, seals.place(Table.LINE, line, Group.IDENT), row.number)["number"]
    return number


def loose_links() -> list[LinkId]:
    """Links with an end that is no person, line, place or officer the desk knows, burnt lines included."""
    known = {node for rows in (Person, Line, Place) for node in rows.objects.values_list("pk", flat=True)}
    known |= vault.officer_ids()
    rows = Link.objects.order_by("pk").values_list("pk", "knower", "known")
    return [LinkId(link) for link, knower, other in rows if knower not in known or other not in known]


def lines_of(person: PersonId) -> tuple[LineId, ...]:
    """Phones of a person that may still be used."""
    rows = Line.objects.filter(holder_id=person, kind=LineKind.PHONE, state=LineState.ACTIVE).order_by("pk")
    return tuple(LineId(line) for line in rows.values_list("pk", flat=True))


def line_states(person: PersonId) -> tuple[tuple[LineState, int], ...]:
    """How many phones of a person stand in which state; never a number. For who holds the key of the cell."""
    rows = Line.objects.filter(holder_id=person, kind=LineKind.PHONE).values_list("state")
    rows = rows.annotate(count=Count("pk")).order_by("state")
    return tuple((LineState(state), count) for state, count in rows)


def line_states_outside(person: PersonId) -> tuple[tuple[LineState, int], ...]:
    """The same for who does not hold it: a phone in other hands tells that its holder was captured, and counts as in use."""
    states = dict(line_states(person))
    seized = states.pop(LineState.SEIZED, 0)
    if seized:
        states[LineState.ACTIVE] = states.get(LineState.ACTIVE, 0) + seized
    return tuple(sorted(states.items()))


def cell_of(person: PersonId) -> CellId:
    return CellId(Membership.objects.values_list("cell_id", flat=True).get(person_id=person))


def cells_of(persons: Iterable[int]) -> Mapping[int, CellId]:
    rows = Membership.objects.filter(person_id__in=set(persons)).values_list("person_id", "cell_id")
    return {person: CellId(cell) for person, cell in rows}


def people_of(cells: Iterable[CellId]) -> Mapping[CellId, tuple[PersonId, ...]]:
    """Who belongs to each of these cells; one without anybody is left out."""
    found: dict[CellId, list[PersonId]] = {}
    rows = Membership.objects.filter(cell_id__in=set(cells)).order_by("person_id")
    for person, cell in rows.values_list("person_id", "cell_id"):
        found.setdefault(CellId(cell), []).append(PersonId(person))
    return {cell: tuple(people) for cell, people in found.items()}


def _ties(rows: QuerySet[Link]) -> list[Tie]:
    """Without an object for every row: there are thousands."""
    columns = ("pk", "kind", "knower", "known", "mutual", "last_ms", "times", "imprecise")
    return [Tie(*row) for row in rows.values_list(*columns)]


def whereabouts(desk: Desk, cell: CellId) -> tuple[str, str]:
    """A cell's code and area as they are said, for instance N-2 and N2."""
    (line,) = (each for each in vault.cells(desk) if each.id == cell)
    area = Area.objects.get(pk=line.area)
    return line.code, f"{'N' if area.north else 'C'}{area.number}"


@dataclass(frozen=True, slots=True)
class CellAt:
    """A cell with its code and area as they are said."""

    id: CellId
    code: str
    area: str
    area_id: AreaId


def cells_at(desk: Desk) -> tuple[CellAt, ...]:
    """Every cell, by its code. One whose area is not recorded has none."""
    areas = {area.id: area.code for area in areas_known()}
    return tuple(CellAt(line.id, line.code, areas.get(line.area, ""), line.area) for line in vault.cells(desk))


def cells_held(desk: Desk) -> tuple[CellAt, ...]:
    """Those that open at this desk."""
    held = vault.cells_open_at(desk)
    return tuple(each for each in cells_at(desk) if each.id in held)


def names_of(desk: Desk, cell: CellId) -> tuple[CodeName, ...]:
    """What the people of a cell are called, in the order of their code names."""
    rows = Person.objects.filter(membership__cell_id=cell).values_list("word", "number")
    return tuple(sorted((CodeName(word, number) for word, number in rows), key=lambda name: name.en))


@dataclass(frozen=True, slots=True)
class AreaKnown:
    """An area as it is said: N3, C1."""

    id: AreaId
    north: bool
    number: int

    @property
    def code(self) -> str:
        return f"{'N' if self.north else 'C'}{self.number}"


def areas_known() -> tuple[AreaKnown, ...]:
    """The North first, each side by number."""
    rows = Area.objects.order_by("-north", "number").values_list("pk", "north", "number")
    return tuple(AreaKnown(AreaId(area), north, number) for area, north, number in rows)


def lines_among(persons: Iterable[int]) -> Mapping[int, tuple[tuple[LineId, LineState], ...]]:
    """The phones of each of these with their states, those in use first; never a number."""
    found: dict[int, tuple[tuple[LineId, LineState], ...]] = {}
    rows = Line.objects.filter(holder_id__in=set(persons), kind=LineKind.PHONE).order_by("state", "pk")
    for line, holder, state in rows.values_list("pk", "holder_id", "state"):
        found[holder] = (*found.get(holder, ()), (LineId(line), state))
    return found


def leads_of(cell: CellId) -> tuple[PersonId | None, PersonId | None]:
    """Lead and deputy."""
    row = CellLead.objects.filter(cell_id=cell).values_list("lead_id", "deputy_id").first() or (None, None)
    lead, deputy = (None if person is None else PersonId(person) for person in row)
    return lead, deputy


@dataclass(frozen=True, slots=True)
class Member:
    """A person as a list of cells shows them."""

    person: PersonId
    code_name: CodeName
    roles: tuple[str, ...]
    cell: str
    area: str


def members(desk: Desk) -> tuple[Member, ...]:
    """Everybody who belongs to a cell, cell by cell."""
    codes = {cell.id: cell for cell in vault.cells(desk)}
    areas = {area.pk: f"{'N' if area.north else 'C'}{area.number}" for area in Area.objects.all()}
    rows = Membership.objects.select_related("person").prefetch_related("person__roles")
    found = [
        Member(
            PersonId(row.person_id),
            CodeName(row.person.word, row.person.number),
            tuple(sorted(each.role for each in row.person.roles.all())),
            codes[row.cell_id].code,
            areas[codes[row.cell_id].area],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda member: (member.cell, member.code_name.en)))
