"""The cells of an export as tables. Every cell must open with the keys at the desk; nothing of any other cell is looked at.

A link goes out where both ends belong to these cells. Somebody outside them who is named in an agreement, such as a relay,
stands there by code name.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Route
from ojakgyo.apps.intake.exporting import wording
from ojakgyo.apps.intake.exporting.wording import Beside, Cell, Head, Speech, Table
from ojakgyo.apps.network.models import Area, CellLead, Line, LineKind, Link, Membership, Place
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.models import PersonKey, PersonRole, RealName
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LinkKind, PlanKind
from ojakgyo.domain.intake.columns import Column, SheetKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.sealing.names import Group
from ojakgyo.domain.sealing.names import Table as Sealed
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.instants import DAY_MS, Instant

Rows = list[dict[Head, Cell]]
NOT_MEETINGS: Final = (LinkKind.CARRIES, LinkKind.HELD_THE_KEY)
"""Who carries a phone stands among the lines, who held a key is a matter of officers."""


@dataclass(frozen=True, slots=True)
class Gathered:
    tables: tuple[Table, ...]
    people: Mapping[CellId, int]
    """Of every cell that leaves, an empty one too."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every sheet is made of. `side`: N or C, by person; `cell`: by person, those of this export alone."""

    desk: Desk
    speech: Speech
    cells: tuple[CellId, ...]
    codes: Mapping[CellId, str]
    areas: Mapping[int, str]
    where: Mapping[CellId, str]
    cell: Mapping[int, CellId]
    names: Mapping[int, CodeName]
    side: Mapping[int, str]

    def name(self, person: int | None) -> str:
        return "" if person is None else self.speech.name(self.names.get(person))


def gather(desk: Desk, *, cells: Collection[CellId], language: str) -> Gathered:
    """Everything of these cells that an export says. One of them does not open here: ``NotHeld``."""
    for cell in cells:
        desk.keyring.cell_key(cell)
    scene = _scene(desk, tuple(sorted(cells)), Speech(language))
    made = (
        (SheetKind.HELPERS, _helpers(scene)),
        (SheetKind.LINES, _lines(scene)),
        (SheetKind.CELLS, _cells(scene)),
        (SheetKind.LINKS, _links(scene)),
        (SheetKind.PLANS, _plans(scene)),
        (SheetKind.ROUTES, _routes(scene)),
    )
    people = {cell: sum(of == cell for of in scene.cell.values()) for cell in scene.cells}
    return Gathered(tuple(scene.speech.table(kind, rows) for kind, rows in made), people)


def _scene(desk: Desk, cells: tuple[CellId, ...], speech: Speech) -> Scene:
    known = {each.id: each for each in vault.cells(desk)}
    areas = {area.pk: f"{'N' if area.north else 'C'}{area.number}" for area in Area.objects.all()}
    cell = {person: CellId(of) for person, of in Membership.objects.filter(cell__in=cells).values_list("pk", "cell_id")}
    outside = {
        *Route.objects.filter(person__membership__cell__in=cells).values_list("through_id", flat=True),
        *Noticer.objects.filter(person__membership__cell__in=cells).values_list("noticer_id", flat=True),
    }
    return Scene(
        desk=desk,
        speech=speech,
        cells=cells,
        codes={each: known[each].code for each in cells},
        areas=areas,
        where={each: areas.get(known[each].area, "") for each in cells},
        cell=cell,
        names=code_names(desk, {*cell, *(each for each in outside if each is not None)}),
        side={person: known[of].code[0] for person, of in cell.items()},
    )


# Sheets --------------------------------------------------------------------------------------------------------------


def _helpers(scene: Scene) -> Rows:
    inside = {"person__membership__cell__in": scene.cells}
    known, roles = _real_names(scene), defaultdict(list)
    for person, role in PersonRole.objects.filter(**inside).order_by("role").values_list("person_id", "role"):
        roles[person].append(role)
    asides = {each.pk: each for each in AsidePlan.objects.filter(**inside)}
    noticers = {each.pk: each for each in Noticer.objects.filter(**inside)}
    return [
        {
            Column.CODE_NAME: scene.name(person),
            Column.CELL: scene.codes[scene.cell[person]],
            Beside.AREA_OF_THE_CELL: scene.where[scene.cell[person]],
            Beside.ROLES: ", ".join(roles[person]),
            **_named(known.get(person)),
            **_aside(scene, asides.get(person)),
            **_noticer(scene, noticers.get(person)),
        }
        for person in _in_order(scene)
    ]


def _named(fields: Mapping[str, Any] | None) -> dict[Head, Cell]:
    if fields is None:
        return {}
    return {
        Column.NAME: fields["name"],
        Column.ALIASES: ", ".join(fields["aliases"]),
        Column.NOTE: fields["note"],
    }


def _aside(scene: Scene, row: AsidePlan | None) -> dict[Head, Cell]:
    if row is None:
        return {}
    return {
        Column.ASIDE: scene.speech.word(row.aside),
        Column.ADULTS: row.adults,
        Column.CHILDREN: row.children,
    }


def _noticer(scene: Scene, row: Noticer | None) -> dict[Head, Cell]:
    if row is None:
        return {}
    return {Column.NOTICER: scene.name(row.noticer_id), Column.NOTICER_DELAY: wording.lasting(row.delay_ms)}


def _lines(scene: Scene) -> Rows:
    phones = Line.objects.filter(kind=LineKind.PHONE, number__isnull=False)
    rows = phones.filter(holder__membership__cell__in=scene.cells).order_by("pk")
    found = [
        {
            Column.HOLDER: scene.name(row.holder_id),
            Column.PHONE: _number(scene, row),
            Column.STATE: scene.speech.word(row.state),
        }
        for row in rows
    ]
    return sorted(found, key=lambda each: str(each[Column.HOLDER]))  # type: ignore[arg-type, return-value]


def _cells(scene: Scene) -> Rows:
    leads = {row.pk: row for row in CellLead.objects.filter(pk__in=scene.cells)}
    return [
        {
            Column.CELL: scene.codes[cell],
            Column.AREA: scene.where[cell],
            Column.LEAD: scene.name(leads[cell].lead_id) if cell in leads else "",
            Column.DEPUTY: scene.name(leads[cell].deputy_id) if cell in leads else "",
        }
        for cell in sorted(scene.cells, key=lambda each: scene.codes[each])
    ]


def _links(scene: Scene) -> Rows:
    """Newest first. A call to a phone is one to who carries it; two who stayed in one house know of each other."""
    holder = dict(Line.objects.values_list("pk", "holder_id"))
    places = dict(Place.objects.values_list("pk", "area_id"))
    stays, found = defaultdict(list), []
    for row in Link.objects.exclude(kind__in=NOT_MEETINGS).order_by("-last_ms", "pk"):
        one, other = (holder.get(end, end) for end in (row.knower, row.known))
        if one in places or other in places:
            house, guest = (one, other) if one in places else (other, one)
            stays[house].append((guest, row))
        elif one in scene.cell and other in scene.cell and one != other:
            found.append(_link(scene, row, one, other))
    for house, guests in stays.items():
        inside = [(guest, row) for guest, row in guests if guest in scene.cell]
        for (one, row), (other, _) in itertools.combinations(inside, 2):
            if one != other:
                found.append({**_link(scene, row, one, other), Column.AREA: scene.areas.get(places[house], "")})
    return found


def _link(scene: Scene, row: Link, one: int, other: int) -> dict[Head, Cell]:
    area = scene.areas.get(row.area or 0, "")
    first, last = Instant(row.first_ms), Instant(row.last_ms)
    start, end = wording.when(first, last, area[:1] or scene.side[one], imprecise=row.imprecise)
    return {
        Column.WHO: scene.name(one),
        Column.WHOM: scene.name(other),
        Column.HOW: scene.speech.word(row.kind),
        Column.WHEN: start,
        Column.UNTIL: end,
        Column.AREA: area,
        Column.TIMES: row.times,
    }


def _plans(scene: Scene) -> Rows:
    """Those of so many days: a sheet has no column for a pattern."""
    own = ContactPlan.objects.filter(person__membership__cell__in=scene.cells, kind=PlanKind.DAYS)
    rows = {row.pk: row for row in own}
    return [_plan(scene, rows[person]) for person in _in_order(scene) if person in rows]


def _plan(scene: Scene, row: ContactPlan) -> dict[Head, Cell]:
    every, side = row.every_days * DAY_MS, scene.side[row.pk]
    missed = max(0, scene.desk.now - row.first_ms)
    following = Instant(row.first_ms + -(-missed // every) * every)
    return {
        Column.WHO: scene.name(row.pk),
        Column.FIRST: wording.day(following, side),
        Column.HOUR: wording.hour(following, side),
        Column.EVERY: row.every_days,
        Column.LENGTH: wording.lasting(row.length_ms),
        Column.GRACE: wording.lasting(row.grace_ms),
    }


def _routes(scene: Scene) -> Rows:
    rows = defaultdict(list)
    for row in Route.objects.filter(person__membership__cell__in=scene.cells).order_by("pk"):
        rows[row.person_id].append(row)
    return [_route(scene, row) for person in _in_order(scene) for row in rows[person]]


def _route(scene: Scene, row: Route) -> dict[Head, Cell]:
    side = scene.side[row.person_id]
    first, last = wording.hours(row.from_minute, row.to_minute, side)
    return {
        Column.WHO: scene.name(row.person_id),
        Column.HOW: scene.speech.word(row.kind),
        Column.THROUGH: scene.name(row.through_id),
        Column.DELAY: wording.lasting(row.delay_ms),
        Column.FROM_HOUR: first,
        Column.TO_HOUR: last,
        Column.EXPOSES: scene.speech.word(row.exposes),
        Column.REHEARSED: wording.day(Instant(row.rehearsed_ms), side) if row.rehearsed_ms else "",
    }


# What only keys open -------------------------------------------------------------------------------------------------


def _real_names(scene: Scene) -> dict[int, Mapping[str, Any]]:
    blobs = dict(RealName.objects.filter(person__membership__cell__in=scene.cells).values_list("person_id", "ident"))
    found = {}
    for row in PersonKey.objects.filter(person__membership__cell__in=scene.cells, cell__in=scene.cells).order_by("pk"):
        if row.person_id in blobs and row.person_id not in found:
            found[row.person_id] = keys.unseal_fields(keys.unwrapped(scene.desk, row), blobs[row.person_id])
    return found


def _number(scene: Scene, row: Line) -> str:
    key = scene.desk.keyring.cell_key(scene.cell[row.holder_id], row.epoch).wrap()
    number: str = seals.unseal(key, seals.place(Sealed.LINE, row.pk, Group.IDENT), row.number)["number"]
    return number


def _in_order(scene: Scene) -> Iterator[int]:
    """By cell, then by code name."""
    return iter(sorted(scene.cell, key=lambda person: (scene.codes[scene.cell[person]], scene.name(person))))
