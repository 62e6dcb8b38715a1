"""Find: everything the one at the desk may see, by code name, number, area, cell and officer, in any script.

A phone and the people of a cell are found by who holds its key alone, and the answer to others is the one to a number that
nobody has. Real names are not among it: see `people.seeking`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from re import compile as pattern
from typing import Final
from unicodedata import normalize

from ojakgyo.apps.contact import numbers
from ojakgyo.apps.network.models import Area, Line, Membership
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.values import CellLine, OfficerState
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.names.beginnings import Begun, begun
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.instants import Instant

AT_MOST: Final = 12
"""Of each kind; there are more: more must be typed."""
DIGITS: Final = 8
"""A number has at least so many; each one asked for costs 25 ms once."""
_AREA: Final = pattern(r"([NC북중])[\s\-\u2010-\u2015\u2212]{0,2}(\d{1,3})?\s*조?")
_SIDES: Final = {"북": "N", "중": "C"}
_PHONE: Final = pattern(r"\+?[\d\s\-().\u2010-\u2015\u2212]+")


class Kind(StrEnum):
    """What was found."""

    WARNING = auto()
    PERSON = auto()
    LINE = auto()
    CELL = auto()
    AREA = auto()
    OFFICER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer: where it leads, and what it says of itself. `cell` and `area` only for who holds the cell."""

    kind: Kind
    goes: str
    code_name: CodeName | None = None
    cell: str = ""
    area: str = ""
    deadline: Instant | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Every answer, and whether there would be more."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


def find(desk: Desk, text: str) -> Found:
    """Whatever fits what was typed so far."""
    typed = normalize("NFKC", text).strip()
    cells = {line.id: line for line in vault.cells(desk)} if typed else {}
    places = _places(desk, typed, cells) + _holders(desk, typed, cells)
    people, more = _people(desk, begun(typed), cells)
    found = _sorted([*people, *_officers(desk, begun(typed)), *places])
    return Found(found, more)


def persons(desk: Desk, which: Iterable[int]) -> tuple[Hit, ...]:
    """These people as answers, for instance whose real name was looked for."""
    rows = Person.objects.filter(pk__in=set(which)).values_list("pk", "word", "number")
    return tuple(_hits(desk, list(rows), {line.id: line for line in vault.cells(desk)}))


def _people(desk: Desk, wanted: Begun, cells: Mapping[CellId, CellLine]) -> tuple[list[Hit], bool]:
    rows = Person.objects.filter(word__in=wanted.words).values_list("pk", "word", "number") if wanted.words else ()
    fitting = sorted((row for row in rows if wanted.fits(row[2])), key=lambda row: wanted.order(row[1], row[2]))
    return _hits(desk, fitting[:AT_MOST], cells), len(fitting) > AT_MOST


def _hits(desk: Desk, rows: list[tuple[int, int, int]], cells: Mapping[CellId, CellLine]) -> list[Hit]:
    """Each person, and before them the warning that stands about them."""
    people = [row[0] for row in rows]
    member, held, areas = _memberships(people), vault.cells_open_at(desk), _areas()
    warned = _warnings(people)
    found = []
    for person, word, number in rows:
        name, own = CodeName(word, number), cells.get(member.get(person, CellId(0)))
        shown = own if own is not None and own.id in held else None
        if person in warned:
            warning, deadline = warned[person]
            found.append(Hit(kind=Kind.WARNING, goes=f"/watch/{warning}/", code_name=name, deadline=deadline))
        cell, area = (shown.code, areas.get(shown.area, "")) if shown else ("", "")
        goes = f"/people/{ids.text('p', person)}/"
        found.append(Hit(kind=Kind.PERSON, goes=goes, code_name=name, cell=cell, area=area))
    return found


def _warnings(people: list[int]) -> Mapping[int, tuple[str, Instant | None]]:
    rows = Warning.objects.filter(subject_id__in=people).exclude(state=WarningState.CLOSED).order_by("-deadline_ms")
    told = rows.values_list("subject_id", "pk", "deadline_ms")
    return {subject: (ids.text("w", warning), deadline) for subject, warning, deadline in told}


def _memberships(people: list[int]) -> Mapping[int, CellId]:
    rows = Membership.objects.filter(person_id__in=people).values_list("person_id", "cell_id")
    return {person: CellId(cell) for person, cell in rows}


def _areas() -> Mapping[int, str]:
    return {pk: f"{'N' if north else 'C'}{number}" for pk, north, number in Area.objects.values_list()}


def _officers(desk: Desk, wanted: Begun) -> list[Hit]:
    known = [each for each in vault.officers(desk) if each.state is not OfficerState.REMOVED]
    return [
        Hit(kind=Kind.OFFICER, goes=f"/vault/officers/{ids.text('o', each.id)}/", code_name=each.code_name)
        for each in known
        if each.code_name.word in wanted.words and wanted.fits(each.code_name.number or 0)
    ]


def _places(desk: Desk, typed: str, cells: Mapping[CellId, CellLine]) -> list[Hit]:
    """N-2 and N2: the cell of this code, and the cells that work in this area; for who holds the cell, its people too."""
    written = _AREA.fullmatch(typed.upper())
    if written is None:
        return []
    side, digits, areas = _SIDES.get(written[1], written[1]), written[2] or "", _areas()
    called = [line for line in cells.values() if line.side == side and str(line.number).startswith(digits)]
    within = [line for line in cells.values() if areas.get(line.area, "") == f"{side}{digits}"] if digits else []
    found = [_cell(Kind.CELL, line, areas) for line in called] + [_cell(Kind.AREA, line, areas) for line in within]
    (one,) = called if len(called) == 1 and digits else (None,)
    if one is None or one.id not in vault.cells_open_at(desk):
        return found[:AT_MOST]
    rows = Person.objects.filter(membership__cell_id=one.id).order_by("word", "number")
    return found[:AT_MOST] + _hits(desk, list(rows.values_list("pk", "word", "number")[:AT_MOST]), cells)


def _cell(kind: Kind, line: CellLine, areas: Mapping[int, str]) -> Hit:
    return Hit(kind=kind, goes=f"/cells/{ids.text('c', line.id)}/", cell=line.code, area=areas.get(line.area, ""))


def _holders(desk: Desk, typed: str, cells: Mapping[CellId, CellLine]) -> list[Hit]:
    """Who carries the phone of this number; every number a written one may stand for is asked, the likeliest first.

    Of a cell that is not held no row is fetched: such a number takes as long as one nobody has.
    """
    if not _PHONE.fullmatch(typed) or sum(each.isdigit() for each in typed) < DIGITS:
        return []
    held = vault.cells_open_at(desk)
    for number in numbers.possible(typed):
        indexes = desk.keyring.ring.line_indexes("phone", number)
        rows = Line.objects.filter(index__in=indexes, holder__membership__cell_id__in=held)
        own = list(rows.values_list("holder_id", "holder__word", "holder__number"))
        if own:
            (hit, *_) = [each for each in _hits(desk, own, cells) if each.kind is Kind.PERSON]
            return [Hit(kind=Kind.LINE, goes=hit.goes, code_name=hit.code_name, cell=hit.cell, area=hit.area)]
    return []


def _sorted(hits: list[Hit]) -> tuple[Hit, ...]:
    """By kind, each once."""
    order = list(Kind)
    return tuple(dict.fromkeys(sorted(hits, key=lambda hit: order.index(hit.kind))))
