"""A file that waits, as its page shows it: columns, findings, the first rows. What is sealed later is not shown now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.intake.content import PARTS, WORKBOOK, Content, Tried
from ojakgyo.domain.intake.columns import COLUMNS, Column, Layout
from ojakgyo.domain.intake.drafts import Finding, Severity
from ojakgyo.domain.intake.sheets import Preview, Row, Spot, Table
from ojakgyo.domain.names import codename

SECRET: Final = frozenset({Column.NAME, Column.ALIASES, Column.NOTE, Column.PHONE})
"""Columns whose cells stand on no page."""
PEOPLE: Final = frozenset(
    {
        Column.CODE_NAME,
        Column.WHO,
        Column.WHOM,
        Column.HOLDER,
        Column.LEAD,
        Column.DEPUTY,
        Column.NOTICER,
        Column.THROUGH,
    }
)
"""Columns that name somebody: a code name stands on the page, anything else may be a real name."""
FIRST: Final = 5
WRONG: Final = 30
"""So many rows with a finding are shown besides the first five."""
LISTED: Final = 200
"""So many findings stand on the page; the list to take away has them all."""
_WORST: Final = {Severity.ERROR: 0, Severity.LEFT_OUT: 1, Severity.NOTICE: 2}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a sheet: its head, an example that may be seen (None: sealed), and what it was taken for."""

    at: int
    letter: str
    head: str
    example: str | None
    column: Column | None


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row in the columns that are taken; None: a cell that is not shown. `finding`: the gravest of its findings."""

    number: int
    hidden: bool
    cells: tuple[str | None, ...]
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    number: int
    name: str
    layout: Layout
    columns: tuple[ColumnLine, ...]
    choices: tuple[Column, ...]
    missing: tuple[Column, ...]
    rows: int
    hidden_rows: int
    hidden: bool
    remembered: bool
    """Its columns are taken as in the last file with such heads, whoever brought that."""
    taken: tuple[ColumnLine, ...]
    preview: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that was read. `previews`: only while its letters are to be chosen."""

    name: str
    encoding: str | None
    previews: tuple[Preview, ...]
    sheets: tuple[SheetPage, ...]
    counts: tuple[tuple[str, int], ...]
    """Only of what there is."""
    rows: int
    left_out: int
    hidden_rows: int
    errors: int
    findings: tuple[tuple[Finding, str, str], ...]
    """With the name of the sheet and the head of the column."""
    more: int

    @property
    def taken(self) -> int:
        """Rows that would be written."""
        return self.rows - self.left_out

    @property
    def anything(self) -> bool:
        return bool(self.counts)


def waiting(content: Content) -> Waiting:
    """Pure: out of what was sealed, for who opened it."""
    tried = content.tried or Tried({}, (), 0, 0)
    at = _at(tried.findings)
    heads = {table.number: (table.name, table.heads) for table in content.tables}
    listed = sorted(tried.findings, key=lambda each: (_WORST[each.severity], each.spot))[:LISTED]
    return Waiting(
        name=content.name,
        encoding=None if content.chosen == WORKBOOK else content.chosen,
        previews=content.previews if content.chosen is None else (),
        sheets=tuple(
            _sheet(table, layout, at, remembered=table.number in content.remembered)
            for table, layout in zip(content.tables, content.layouts, strict=True)
        ),
        counts=tuple((part, tried.counts[part]) for part in PARTS if tried.counts.get(part)),
        rows=tried.rows,
        left_out=tried.left_out,
        hidden_rows=tried.hidden_rows,
        errors=sum(each.severity is Severity.ERROR for each in tried.findings),
        findings=tuple((each, *_named(each.spot, heads)) for each in listed),
        more=len(tried.findings) - len(listed),
    )


def _at(findings: Sequence[Finding]) -> Mapping[tuple[int, int], Finding]:
    """The gravest finding of each row."""
    found: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
    for each in findings:
        found[each.spot.sheet, each.spot.row].append(each)
    return {at: min(several, key=lambda each: _WORST[each.severity]) for at, several in found.items()}


def _named(spot: Spot, heads: Mapping[int, tuple[str, tuple[str, ...]]]) -> tuple[str, str]:
    name, of = heads.get(spot.sheet, ("", ()))
    return name, of[spot.column - 1] if 0 < spot.column <= len(of) else ""


def _sheet(table: Table, layout: Layout, at: Mapping[tuple[int, int], Finding], *, remembered: bool) -> SheetPage:
    columns = tuple(_column(table, layout, place) for place in range(1, len(table.heads) + 1))
    taken = tuple(each for each in columns if each.column is not None)
    shown = [row for place, row in enumerate(table.rows) if place < FIRST or (table.number, row.number) in at]
    return SheetPage(
        number=table.number,
        name=table.name,
        layout=layout,
        columns=columns,
        choices=COLUMNS[layout.kind] if layout.kind else (),
        missing=tuple(each for each in (COLUMNS[layout.kind] if layout.kind else ()) if each in layout.missing),
        rows=len(table.rows),
        hidden_rows=table.hidden_rows,
        hidden=table.hidden,
        remembered=remembered,
        taken=taken,
        preview=tuple(
            _row(row, taken, at.get((table.number, row.number))) for row in shown[: FIRST + WRONG] if layout.kind
        ),
    )


def _column(table: Table, layout: Layout, at: int) -> ColumnLine:
    column = layout.columns.get(at)
    first = next((row.cells[at - 1] for row in table.rows if row.cells[at - 1]), "")
    example = None if column is None else _shown(column, first)
    return ColumnLine(at, Spot(0, 0, at).letter, table.heads[at - 1], example, column)


def _row(row: Row, taken: Sequence[ColumnLine], finding: Finding | None) -> RowLine:
    cells = tuple(_shown(each.column, row.cells[each.at - 1]) for each in taken)
    return RowLine(row.number, row.hidden, cells, finding)


def _shown(column: Column | None, cell: str) -> str | None:
    if cell and (column in SECRET or (column in PEOPLE and not codename.candidates(cell))):
        return None
    return cell
