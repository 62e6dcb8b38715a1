"""Cells, helpers and lines of a file: who is new, who is here already, and whose phone it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ojakgyo.domain.facts.vocabulary import StandAside
from ojakgyo.domain.intake import words
from ojakgyo.domain.intake.codes import code, duration, whole
from ojakgyo.domain.intake.columns import Column, SheetKind
from ojakgyo.domain.intake.drafts import (
    Code,
    DraftAside,
    DraftCell,
    DraftLead,
    DraftLine,
    DraftNoticer,
    DraftPerson,
    Known,
    Who,
)
from ojakgyo.domain.intake.entries import Entry, Sheet, sheets_of
from ojakgyo.domain.intake.holding import Whose, lines_of, listed_lines, numbers_of
from ojakgyo.domain.intake.roster import Roster, Somebody, called, softly
from ojakgyo.domain.intake.sheets import Spot
from ojakgyo.domain.names.codename import candidates
from ojakgyo.domain.values.instants import HOUR_MS

NOTICED_WITHIN_MS = 24 * HOUR_MS
"""Where a noticer stands without a time."""


@dataclass(slots=True)
class Areas:
    """Areas that rows name. `new`: those the desk does not know."""

    known: frozenset[Code]
    new: set[Code] = field(default_factory=set)

    def take(self, entry: Entry) -> Code | None:
        """The area of a row; None where none is named, or where it cannot be read, which is then said."""
        if not (text := entry.text(Column.AREA)):
            return None
        area = code(text)
        if area is None:
            entry.fail("intake.area_unreadable", Column.AREA)
        return area

    def keep(self, area: Code | None) -> None:
        if area is not None and area not in self.known:
            self.new.add(area)


@dataclass(slots=True)
class Staff:
    """Cells, helpers and lines; filled from the ground up."""

    known: Known
    roster: Roster
    areas: Areas
    cells: list[tuple[Entry, DraftCell]] = field(default_factory=list)
    cell_of_entry: dict[int, Code] = field(default_factory=dict)
    helpers: list[Somebody] = field(default_factory=list)
    people: tuple[DraftPerson, ...] = ()
    lines: tuple[DraftLine, ...] = ()


def staff_of(sheets: tuple[Sheet, ...], known: Known) -> Staff:
    staff = Staff(known, Roster(known), Areas(known.areas))
    _take_cells(sheets, staff)
    _take_helpers(sheets, staff)
    carried = {id(each.entry): numbers_of(each.entry) for each in staff.helpers if not each.entry.failed}
    listed = [
        number
        for sheet in sheets_of(SheetKind.LINES, sheets)
        for entry in sheet.going()
        for number in numbers_of(entry)
    ]
    numbers = {number.e164 for several in (*carried.values(), listed) for number in several}
    whose = Whose(known, known.holders(tuple(sorted(numbers))) if numbers else {})
    lines = [line for each in staff.helpers for line in lines_of(each, carried.get(id(each.entry), ()), whose)]
    staff.people = _settle_people(staff.helpers)
    staff.roster.close()
    lines = [(somebody, line) for somebody, line in lines if not somebody.entry.failed]
    staff.lines = (
        *(DraftLine(line.entry.spot(line.place), somebody.who, line.e164, line.state) for somebody, line in lines),
        *listed_lines(listed, staff.roster, whose),
    )
    return staff


# Cells -----------------------------------------------------------------------------------------------------------------


def _take_cells(sheets: tuple[Sheet, ...], staff: Staff) -> None:
    first: dict[Code, Spot] = {}
    for sheet in sheets_of(SheetKind.CELLS, sheets):
        for entry in sheet.going():
            found, area = _cell_code(entry), staff.areas.take(entry)
            if found is None or entry.failed:
                continue
            if found in first:
                entry.fail("intake.cell_twice", Column.CELL, first[found])
                continue
            first[found] = entry.spot(Column.CELL)
            _take_cell(entry, found, area, staff)


def _take_cell(entry: Entry, found: Code, area: Code | None, staff: Staff) -> None:
    cell = staff.known.cells.get(found)
    if cell is not None and cell not in staff.known.held:
        entry.fail("intake.cell_not_held", Column.CELL)
    elif cell is not None:
        entry.note("intake.cell_here_already", Column.CELL)
    elif area is None:
        entry.fail("intake.area_missing", Column.AREA)
    elif area.side != found.side:
        entry.fail("intake.area_elsewhere", Column.AREA)
    else:
        staff.areas.keep(area)
        staff.cells.append((entry, DraftCell(entry.spot(Column.CELL), found, area)))
    if not entry.failed:
        staff.cell_of_entry[id(entry)] = found


def _cell_code(entry: Entry) -> Code | None:
    """The cell a row names; what is wrong with it is said."""
    if not (text := entry.text(Column.CELL)):
        entry.fail("intake.value_missing", Column.CELL)
        return None
    found = code(text)
    if found is None:
        entry.fail("intake.cell_unreadable", Column.CELL)
    return found


def leads_of(sheets: tuple[Sheet, ...], staff: Staff) -> tuple[DraftLead, ...]:
    """Who leads: somebody of that very cell. What cannot be found is said, and the cell is taken without."""
    leads = []
    for sheet in sheets_of(SheetKind.CELLS, sheets):
        for entry in sheet.going():
            cell = staff.cell_of_entry.get(id(entry))
            lead, deputy = (_of_the_cell(entry, column, cell, staff) for column in (Column.LEAD, Column.DEPUTY))
            if deputy is not None and deputy == lead:
                entry.note("intake.same_person", Column.DEPUTY)
                deputy = None
            if cell is not None and (lead or deputy):
                leads.append(DraftLead(entry.spot(Column.LEAD), cell, lead, deputy))
    return tuple(leads)


def _of_the_cell(entry: Entry, column: Column, cell: Code | None, staff: Staff) -> Who | None:
    found = softly(entry, column, staff.roster)
    if found is not None and staff.roster.cell(found) != cell:
        entry.note("network.not_of_the_cell", column)
        return None
    return found


# Helpers ---------------------------------------------------------------------------------------------------------------


def _take_helpers(sheets: tuple[Sheet, ...], staff: Staff) -> None:
    new_cells = {cell.code for _, cell in staff.cells}
    by_name: dict[tuple[str, Code], Entry] = {}
    for sheet in sheets_of(SheetKind.HELPERS, sheets):
        for entry in sheet.going():
            somebody = _helper(entry, new_cells, staff)
            if somebody is not None:
                _look_for_namesakes(somebody, by_name, staff)
                staff.helpers.append(somebody)
                staff.roster.add(somebody)


def _helper(entry: Entry, new_cells: set[Code], staff: Staff) -> Somebody | None:
    """Who a row of helpers is about. None: nobody can be told; a row that failed still stands in the way of another."""
    cell, name = _cell_code(entry), entry.text(Column.NAME)
    if cell is not None:
        held = staff.known.cells.get(cell)
        if held is None and cell not in new_cells:
            entry.fail("intake.cell_unknown", Column.CELL)
        elif held is not None and held not in staff.known.held:
            entry.fail("intake.cell_not_held", Column.CELL)
    if text := entry.text(Column.CODE_NAME):
        return _by_code_name(entry, text, cell or Code("N", 0), staff)
    if not name:
        entry.fail("intake.helper_unnamed", Column.CODE_NAME)
        return None
    return Somebody(entry, cell or Code("N", 0), None, name)


def _by_code_name(entry: Entry, text: str, cell: Code, staff: Staff) -> Somebody | None:
    names = candidates(text)
    if len(names) != 1:
        entry.fail("intake.who_unclear" if names else "intake.code_name_unreadable", Column.CODE_NAME)
        return None
    name = names[0]
    if before := staff.roster.by_code_name.get(name):
        entry.fail("intake.helper_twice", Column.CODE_NAME, before.entry.spot(Column.CODE_NAME))
        return None
    somebody = Somebody(entry, cell, name, entry.text(Column.NAME))
    here = staff.known.people.get(name)
    if here is None:
        return somebody
    somebody.known = here.person
    if here.forgotten:
        entry.fail("intake.code_name_used", Column.CODE_NAME)
    elif here.cell not in staff.known.held:
        entry.fail("intake.cell_not_held", Column.CODE_NAME)
    elif staff.known.cells.get(cell) != here.cell:
        entry.fail("intake.helper_elsewhere", Column.CELL)
    else:
        entry.note("intake.helper_here_already", Column.CODE_NAME)
    return somebody


def _look_for_namesakes(somebody: Somebody, by_name: dict[tuple[str, Code], Entry], staff: Staff) -> None:
    """Two of one name in one cell may be one and the same."""
    entry = somebody.entry
    if entry.failed or somebody.known is not None or not somebody.name:
        return
    named = called(somebody.name)
    if named in staff.known.names:
        entry.note("intake.name_here_already", Column.NAME)
    before = by_name.setdefault((named, somebody.cell), entry)
    if before is not entry:
        entry.note("intake.name_twice", Column.NAME, before.spot(Column.NAME))


def _settle_people(helpers: Iterable[Somebody]) -> tuple[DraftPerson, ...]:
    people: list[DraftPerson] = []
    for each in helpers:
        if each.entry.failed or each.known is not None:
            continue
        each.new = len(people)
        aliases = tuple(
            alias for part in each.entry.text(Column.ALIASES).replace("、", ",").split(",") if (alias := part.strip())
        )
        people.append(
            DraftPerson(each.entry.spot(), each.code_name, each.cell, each.name, aliases, each.entry.text(Column.NOTE))
        )
    return tuple(people)


def asides_of(staff: Staff) -> tuple[DraftAside, ...]:
    """What a helper does when told of danger; what cannot be read is said, and the helper is taken without."""
    asides = []
    for each in staff.helpers:
        if each.entry.failed or not (text := each.entry.text(Column.ASIDE)):
            continue
        aside = words.said(StandAside, text)
        if aside is None:
            each.entry.note("intake.word_unknown", Column.ASIDE)
            continue
        adults, children = (_count(each.entry, column) for column in (Column.ADULTS, Column.CHILDREN))
        asides.append(DraftAside(each.entry.spot(Column.ASIDE), each.who, aside, adults, children))
    return tuple(asides)


def _count(entry: Entry, column: Column) -> int:
    if not (text := entry.text(column)):
        return 0
    found = whole(text)
    if found is None or found > 99:
        entry.note("intake.number_unreadable", column)
        return 0
    return found


def noticers_of(staff: Staff) -> tuple[DraftNoticer, ...]:
    noticers = []
    for each in staff.helpers:
        if each.entry.failed:
            continue
        noticer = softly(each.entry, Column.NOTICER, staff.roster)
        if noticer == each.who:
            each.entry.note("intake.same_person", Column.NOTICER)
        elif noticer is not None:
            delay = duration(each.entry.text(Column.NOTICER_DELAY), HOUR_MS)
            if delay is None:
                each.entry.note("intake.delay_assumed", Column.NOTICER_DELAY)
            spot = each.entry.spot(Column.NOTICER)
            noticers.append(DraftNoticer(spot, each.who, noticer, NOTICED_WITHIN_MS if delay is None else delay))
    return tuple(noticers)
