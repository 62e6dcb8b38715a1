"""Everything an import will write, drawn, wrapped and sealed beforehand; the transaction that writes it computes nothing."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from ojakgyo.apps.chronicle.acts import Ready as ReadyFact
from ojakgyo.apps.chronicle.acts import ready as ready_facts
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer
from ojakgyo.apps.contact.models import Window as Agreed
from ojakgyo.apps.intake import knowing
from ojakgyo.apps.intake.models import Sort
from ojakgyo.apps.network.keeping import taken_names
from ojakgyo.apps.network.links import NewLink, ReadyLinks, ready_links
from ojakgyo.apps.network.models import Area, CellLead, Line, LineKind, Membership
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.models import Person, PersonKey, PersonRole, RealName
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights, seals
from ojakgyo.apps.vault.actions.cells import grants_for
from ojakgyo.domain import facts
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Fact, LinkSource, PlanKind
from ojakgyo.domain.intake.drafts import Code, Draft, DraftPlan, DraftRoute, Who
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.values.ids import AreaId, BatchId, CellId, LineId, PersonId
from ojakgyo.domain.values.roles import PersonRole as Role

Rows = list[tuple[Any, ...]]


_EVERY_SO_MANY_DAYS: Final = (PlanKind.DAYS.value, "", "")
"""Kind, rule and zone of a plan that comes with a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Rows, facts and grants, all under ids that are drawn already.

    `seq`: the newest fact when the file was checked; `used`: cells there were, and the epoch their keys are of.
    """

    batch: BatchId
    seq: int
    used: Mapping[CellId, int]
    areas: tuple[tuple[AreaId, Code], ...]
    cells: tuple[tuple[CellKey, Code, AreaId, tuple[Grant, ...]], ...]
    inserts: tuple[tuple[type[Any], tuple[str, ...], Rows], ...] = field(repr=False)
    windows: tuple[tuple[PersonId, Window], ...]
    routes: tuple[tuple[PersonId, PersonId | None, DraftRoute], ...]
    links: ReadyLinks = field(repr=False)
    told: tuple[ReadyFact, ...] = field(repr=False)
    brought: tuple[tuple[Sort, int], ...]
    rows: Mapping[int, int]
    """Person -> the row of the file."""
    people: int
    lines: int


def ready(desk: Desk, batch: BatchId, draft: Draft, *, seq: int) -> Ready:
    """A cell that is named must be held: else ``NotHeld``. New ones are founded by who may found: else ``Refused``."""
    if draft.cells:
        rights.demand_manager(desk.actor, vault.roles(desk))
    return _Preparing(desk, draft).ready(batch, seq)


class _Preparing:
    """Ids first, then whatever refers to them."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        self.desk, self.draft = desk, draft
        self.people = [PersonId(new_id()) for _ in draft.people]
        self.areas = {code: AreaId(new_id()) for code in draft.areas}
        self.known_areas = {
            Code("N" if north else "C", number): AreaId(pk)
            for pk, north, number in Area.objects.values_list("pk", "north", "number")
        }
        self.cells = {Code(str(line.side), line.number): line.id for line in vault.cells(desk)}
        self.new_cells = {each.code: CellKey(CellId(new_id()), 1, secrets.token_bytes(32)) for each in draft.cells}
        self.cell_of = dict(
            Membership.objects.filter(person_id__in=self._known_people()).values_list("person_id", "cell_id")
        )
        self.used: dict[CellId, int] = {}
        self.told: list[Fact] = []
        self.brought: list[tuple[Sort, int]] = []

    def ready(self, batch: BatchId, seq: int) -> Ready:
        people, lines, agreed = self._people(), self._lines(), self._agreements()
        routes = tuple(self._route(each) for each in self.draft.routes)
        windows = tuple(self._windows())
        self._tell_agreements()
        founded = {Sort.CELL: [key.cell for key in self.new_cells.values()], Sort.AREA: [*self.areas.values()]}
        self.brought += [(sort, about) for sort, several in founded.items() for about in several]
        return Ready(
            batch=batch,
            seq=seq,
            areas=tuple((id, code) for code, id in self.areas.items()),
            cells=tuple(self._cells()),
            inserts=(*people, lines, *agreed),
            windows=windows,
            routes=routes,
            links=ready_links(self.desk, tuple(self._links(batch)), north=self._north()),
            told=tuple(ready_facts([*self.told, *map(_window_agreed, windows)])),
            brought=tuple(self.brought),
            rows={id: each.at.row for id, each in zip(self.people, self.draft.people, strict=True)},
            people=len(self.people),
            lines=len(self.draft.lines),
            used=dict(self.used),
        )

    # Whom and where --------------------------------------------------------------------------------------------------

    def id_of(self, who: Who) -> PersonId:
        if who.new is not None:
            return self.people[who.new]
        if who.person is None:
            raise ValueError("a row speaks of somebody")
        return who.person

    def key(self, code: Code) -> CellKey:
        """A new cell's, or one that is held here; the epoch is held against the row when it is written."""
        return self.new_cells.get(code) or self._held(self.cells[code])

    def area(self, code: Code) -> AreaId:
        return self.areas.get(code) or self.known_areas[code]

    def _held(self, cell: CellId) -> CellKey:
        key = self.desk.keyring.cell_key(cell)
        self.used[cell] = key.epoch
        return key

    def _key_of(self, who: Who) -> CellKey:
        if who.new is not None:
            return self.key(self.draft.people[who.new].cell)
        return self._held(CellId(self.cell_of[self.id_of(who)]))

    def _known_people(self) -> set[int]:
        parts = (self.draft.lines, self.draft.links, self.draft.plans, self.draft.routes, self.draft.asides)
        named: list[Who | None] = [each.holder for each in parts[0]]
        named += [who for each in parts[1] for who in (each.knower, each.known)]
        named += [each.person for part in parts[2:] for each in part]
        named += [who for each in self.draft.noticers for who in (each.person, each.noticer)]
        named += [each.through for each in self.draft.routes]
        named += [who for each in self.draft.leads for who in (each.lead, each.deputy)]
        return {who.person for who in named if who is not None and who.person is not None}

    # Cells -----------------------------------------------------------------------------------------------------------

    def _cells(self) -> Iterable[tuple[CellKey, Code, AreaId, tuple[Grant, ...]]]:
        """Their keys go to who imports, and to the organisation."""
        by = self.desk.keyring.officer_keys
        for each in self.draft.cells:
            key = self.new_cells[each.code]
            yield key, each.code, self.area(each.area), grants_for(key, frozenset({self.desk.officer}), by=by)

    # People ----------------------------------------------------------------------------------------------------------

    def _people(self) -> list[tuple[type[Any], tuple[str, ...], Rows]]:
        names = self._code_names()
        persons: Rows = []
        roles: Rows = []
        members: Rows = []
        wraps: Rows = []
        blobs: Rows = []
        for id, each, name in zip(self.people, self.draft.people, names, strict=True):
            key = self.key(each.cell)
            persons.append((id, *name.stored, None))
            roles.append((id, Role.HELPER.value))
            members.append((id, key.cell))
            self.told.append(facts.PersonAdded(person=id, role=Role.HELPER, cell=key.cell))
            if each.name or each.aliases or each.note:
                data = DataKey.drawn(id, secrets.token_bytes)
                wraps.append((id, key.cell, key.epoch, keys.wrapped(data, key), self.desk.now))
                kept = {"name": each.name, "aliases": list(each.aliases), "note": each.note}
                blobs.append((id, keys.seal_fields(data, kept)))
                self.told.append(facts.NameKept(person=id))
            self.brought.append((Sort.PERSON, id))
        return [
            (Person, ("id", "word", "number", "forgotten_ms"), persons),
            (PersonRole, ("person", "role"), roles),
            (Membership, ("person", "cell"), members),
            (PersonKey, ("person", "cell", "epoch", "wrapped", "drawn_ms"), wraps),
            (RealName, ("person", "ident"), blobs),
        ]

    def _code_names(self) -> list[CodeName]:
        """Those the file gives, and drawn ones: nobody's until now, and like no other of the cell."""
        taken = {*taken_names(self.desk), *(each.code_name for each in self.draft.people if each.code_name)}
        beside = self._beside()
        names = []
        for each in self.draft.people:
            if (name := each.code_name) is None:
                name = codename.draw(secrets.token_bytes, taken, beside=beside.setdefault(each.cell, []))
                taken.add(name)
                beside[each.cell].append(name)
            names.append(name)
        return names

    def _beside(self) -> dict[Code, list[CodeName]]:
        """Who is called what in each cell that somebody without a code name comes into."""
        wanted = {each.cell for each in self.draft.people if each.code_name is None}
        code_of = {id: code for code, id in self.cells.items() if code in wanted}
        beside: dict[Code, list[CodeName]] = {code: [] for code in wanted}
        rows = Person.objects.filter(membership__cell__in=code_of).values_list("membership__cell", "word", "number")
        for cell, word, number in rows:
            beside[code_of[CellId(cell)]].append(CodeName(word, number))
        for each in self.draft.people:
            if each.code_name is not None and each.cell in wanted:
                beside[each.cell].append(each.code_name)
        return beside

    # Lines -----------------------------------------------------------------------------------------------------------

    def _lines(self) -> tuple[type[Any], tuple[str, ...], Rows]:
        indexes, made_with = self._indexes(), self.desk.keyring.ring.line_key_id
        rows: Rows = []
        for each in self.draft.lines:
            line, holder, key = LineId(new_id()), self.id_of(each.holder), self._key_of(each.holder)
            where = seals.place(Table.LINE, line, Group.IDENT)
            number = seals.seal(key.wrap(), where, {"number": each.number})
            index, state = indexes[each.number], each.state.value
            rows.append((line, LineKind.PHONE.value, holder, index, made_with, number, key.epoch, state))
            self.told.append(facts.LineRecorded(line=line, holder=holder))
            self.brought.append((Sort.LINE, line))
        columns = ("id", "kind", "holder", "index", "made_with", "number", "epoch", "state")
        return Line, columns, rows

    def _indexes(self) -> dict[str, bytes]:
        """Worked out at the dry run and remembered by the ring; else now, in two threads."""
        found = knowing.indexes(self.desk, [each.number for each in self.draft.lines])
        return {number: present for number, (present, *_) in found.items()}

    # Links -----------------------------------------------------------------------------------------------------------

    def _links(self, batch: BatchId) -> Iterable[NewLink]:
        north = {cell for code, cell in self._every_cell().items() if code.side == "N"}
        for each in self.draft.links:
            knower, known = self.id_of(each.knower), self.id_of(each.known)
            yield NewLink(
                kind=each.kind,
                knower=knower,
                known=known,
                mutual=each.mutual,
                first=each.first,
                last=each.last,
                times=each.times,
                source=LinkSource.IMPORTED,
                imprecise=each.imprecise,
                area=self.area(each.area) if each.area else None,
                batch=batch,
                in_the_north=self._cell(each.knower) in north and self._cell(each.known) in north,
            )

    def _north(self) -> frozenset[int]:
        return frozenset(id for code, id in {**self.known_areas, **self.areas}.items() if code.side == "N")

    def _every_cell(self) -> dict[Code, CellId]:
        return {**self.cells, **{code: key.cell for code, key in self.new_cells.items()}}

    def _cell(self, who: Who) -> CellId:
        """Links may lead into cells that are not held: a code name on paper is no key."""
        if who.new is not None:
            return self._every_cell()[self.draft.people[who.new].cell]
        return CellId(self.cell_of.get(self.id_of(who), knowing.NOWHERE))

    # Agreements ------------------------------------------------------------------------------------------------------

    def _agreements(self) -> list[tuple[type[Any], tuple[str, ...], Rows]]:
        plans: Rows = [
            (self.id_of(each.person), each.first, each.every_days, each.length_ms, each.grace_ms, *_EVERY_SO_MANY_DAYS)
            for each in self.draft.plans
        ]
        asides: Rows = [
            (self.id_of(each.person), each.aside.value, None, each.adults, each.children) for each in self.draft.asides
        ]
        noticers: Rows = [
            (self.id_of(each.person), self.id_of(each.noticer), each.delay_ms) for each in self.draft.noticers
        ]
        leads: Rows = [
            (self._every_cell()[each.cell], self._maybe(each.lead), self._maybe(each.deputy))
            for each in self.draft.leads
        ]
        return [
            (ContactPlan, ("person", "first_ms", "every_days", "length_ms", "grace_ms", "kind", "rule", "zone"), plans),
            (AsidePlan, ("person", "aside", "confirms", "adults", "children"), asides),
            (Noticer, ("person", "noticer", "delay_ms"), noticers),
            (CellLead, ("cell", "lead", "deputy"), leads),
        ]

    def _maybe(self, who: Who | None) -> PersonId | None:
        return None if who is None else self.id_of(who)

    def _route(self, each: DraftRoute) -> tuple[PersonId, PersonId | None, DraftRoute]:
        return self.id_of(each.person), self._maybe(each.through), each

    def _windows(self) -> Iterable[tuple[PersonId, Window]]:
        """The first of each plan that is not over and stands nowhere yet."""
        stand = set(Agreed.objects.filter(person_id__in=self._known_people()).values_list("person_id", "opens_ms"))
        for each in self.draft.plans:
            person, plan = self.id_of(each.person), _plan(each)
            window = plan.next(self.desk.now)
            while (person, window.opens) in stand:
                window = plan.next(self.desk.now, after=window.opens)
            yield person, window

    def _tell_agreements(self) -> None:
        for each in chain(self.draft.plans, self.draft.routes, self.draft.asides, self.draft.noticers):
            self._key_of(each.person)  # what is agreed with somebody is for who holds their cell
        draft, id_of = self.draft, self.id_of
        for plan in draft.plans:
            person = id_of(plan.person)
            self.told.append(facts.PlanAgreed(person=person, every_days=plan.every_days, first=plan.first))
            self.brought.append((Sort.PLAN, person))
        for route in draft.routes:
            through = self._maybe(route.through)
            self.told.append(facts.RouteAgreed(person=id_of(route.person), route=route.kind, through=through))
        for aside in draft.asides:
            person = id_of(aside.person)
            how = {"aside": aside.aside, "adults": aside.adults, "children": aside.children}
            self.told.append(facts.StandAsideAgreed(person=person, **how))
            self.brought.append((Sort.ASIDE, person))
        for each in draft.noticers:
            person = id_of(each.person)
            self.told.append(facts.NoticerAgreed(person=person, noticer=id_of(each.noticer)))
            self.brought.append((Sort.NOTICER, person))
        for led in draft.leads:
            cell = self.key(led.cell).cell
            self.told.append(facts.CellLed(cell=cell, lead=self._maybe(led.lead), deputy=self._maybe(led.deputy)))
            self.brought.append((Sort.LEAD, cell))


def _plan(each: DraftPlan) -> Plan:
    return Plan(first=each.first, every_days=each.every_days, length_ms=each.length_ms, grace_ms=each.grace_ms)


def _window_agreed(made: tuple[PersonId, Window]) -> Fact:
    person, window = made
    return facts.WindowAgreed(person=person, opens=window.opens, closes=window.closes)
