"""The rows of a sheet as they are checked: each cell by what it holds, each finding with its place."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ojakgyo.domain.intake import heads, words
from ojakgyo.domain.intake.columns import LENGTHS, REPEATABLE, Column, Layout, SheetKind
from ojakgyo.domain.intake.drafts import Finding, Severity
from ojakgyo.domain.intake.sheets import Row, Spot, Table

_WORDED = frozenset({Column.NAME, Column.ALIASES, Column.NOTE})
"""Columns of free words; they are sealed, shown as text, and written out with their formulas made harmless."""


@dataclass(slots=True)
class Entry:
    """One row while it is checked. `failed`: it is not taken."""

    sheet: "Sheet"
    row: Row
    failed: bool = False

    def text(self, column: Column) -> str:
        """What stands in the first column of this meaning; empty where nothing does."""
        places = self.sheet.places.get(column)
        return self.at(places[0]) if places else ""

    def at(self, place: int) -> str:
        text = self.stands(place)
        return "" if words.is_nothing(text) else text

    def written(self, column: Column) -> str:
        """As it stands, where "none" is a word like another."""
        place = self.sheet.place(column)
        return self.stands(place) if place else ""

    def stands(self, place: int) -> str:
        """What holds for this row in a column: its own cell, or one that was merged over it."""
        return self.sheet.filled.get((self.row.number, place)) or self.row.cells[place - 1]

    def all(self, column: Column) -> Iterator[tuple[int, str]]:
        """(place, text) of every column of this meaning that is not blank."""
        for place in self.sheet.places.get(column, ()):
            if text := self.at(place):
                yield place, text

    def spot(self, column: Column | int | None = None) -> Spot:
        place = self.sheet.place(column) if isinstance(column, Column) else (column or 0)
        return Spot(self.sheet.table.number, self.row.number, place)

    def fail(self, code: str, column: Column | int | None = None, other: Spot | None = None) -> None:
        """The row is not taken."""
        self.failed = True
        self.sheet.findings.append(Finding(self.spot(column), code, Severity.ERROR, other))

    def leave(self, code: str, column: Column | int | None = None, other: Spot | None = None) -> None:
        """The row is not taken, and need not be."""
        self.failed = True
        self.sheet.findings.append(Finding(self.spot(column), code, Severity.LEFT_OUT, other))

    def note(self, code: str, column: Column | int | None = None, other: Spot | None = None) -> None:
        """The row is taken; somebody should look."""
        self.sheet.findings.append(Finding(self.spot(column), code, Severity.NOTICE, other))


@dataclass(slots=True)
class Sheet:
    """A table with its layout: what it hides is said, and its rows are handed out."""

    table: Table
    layout: Layout
    findings: list[Finding]
    places: Mapping[Column, tuple[int, ...]] = field(init=False)
    filled: Mapping[tuple[int, int], str] = field(init=False, default_factory=dict)
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        places: dict[Column, list[int]] = {}
        for place, column in sorted(self.layout.columns.items()):
            if 1 <= place <= len(self.table.heads):
                places.setdefault(column, []).append(place)
        self.places = {column: tuple(each) for column, each in places.items()}
        if self._to_be_read():
            self.filled = self._filled()
            self.entries = tuple(Entry(self, row) for row in self.table.rows)
            for entry in self.entries:
                self._look(entry)
            self._say_formulas()

    def place(self, column: Column) -> int:
        return self.places.get(column, (0,))[0]

    def say(self, code: str, severity: Severity, column: int = 0, row: int | None = None, other: int = 0) -> None:
        """A finding about a whole column or sheet."""
        row = self.table.head_row if row is None else row
        collides = Spot(self.table.number, row, other) if other else None
        self.findings.append(Finding(Spot(self.table.number, row, column), code, severity, collides))

    def going(self) -> Iterator[Entry]:
        """Rows nothing has failed yet."""
        return (entry for entry in self.entries if not entry.failed)

    def _to_be_read(self) -> bool:
        """Whether the sheet as a whole makes sense; what is wrong with it is said once, not row by row."""
        if self.table.hidden:
            self.say("intake.sheet_hidden", Severity.NOTICE if self.layout.take_hidden else Severity.LEFT_OUT, row=0)
            if not self.layout.take_hidden:
                return False
        self._say_repeated_heads()
        if self.layout.kind is None:
            if not self.table.hidden and len(self.table.heads) > 1:  # one column of sentences explains the others
                self.say("intake.sheet_unknown", Severity.LEFT_OUT, row=0)
            return False
        for place in sorted(self.table.hidden_columns & self.layout.columns.keys()):
            self.say("intake.column_hidden", Severity.NOTICE, place)
        doubled = [each for column, each in self.places.items() if len(each) > 1 and column not in REPEATABLE]
        for places in doubled:
            self.say("intake.column_given_twice", Severity.ERROR, places[1], other=places[0])
        for _ in self.layout.missing:
            self.say("intake.column_missing", Severity.ERROR)
        return not doubled and not self.layout.missing

    def _say_repeated_heads(self) -> None:
        """A head that stands twice is said unless somebody has chosen what one of the two holds."""
        for place, first in heads.repeated(self.table.heads).items():
            if place != first and not {place, first} & self.layout.columns.keys():
                self.say(
                    "intake.column_twice", Severity.ERROR if self.layout.kind else Severity.NOTICE, place, other=first
                )

    def _filled(self) -> dict[tuple[int, int], str]:
        """A value merged over several rows of one column holds for each of them; both kinds of merging are said."""
        values = {row.number: row.cells for row in self.table.rows}
        numbers = sorted(values)
        below: dict[int, int] = {}
        filled: dict[tuple[int, int], str] = {}
        for each in sorted(self.table.merged, key=lambda each: each.top):
            if each.bottom <= self.table.head_row:
                continue
            if each.left != each.right:
                self.say("intake.merged_across", Severity.NOTICE, each.left, row=each.top)
            elif each.left in self.layout.columns and each.top in values:
                self.say("intake.merged_down", Severity.NOTICE, each.left, row=each.top)
                value, first = values[each.top][each.left - 1], max(each.top, below.get(each.left, 0))
                below[each.left] = max(first, each.bottom)  # two that overlap are a forgery, and cost no row twice
                rows = numbers[bisect_right(numbers, first) : bisect_right(numbers, each.bottom)]
                filled |= {(row, each.left): value for row in rows}
        return filled

    def _look(self, entry: Entry) -> None:
        """What is wrong with a row before it is understood."""
        if entry.row.hidden:
            (entry.note if self.layout.take_hidden else entry.leave)("intake.row_hidden")
        for place, column in self.layout.columns.items():
            if place > len(entry.row.cells):
                continue
            text, at = entry.row.cells[place - 1], (entry.row.number, place)
            if at in self.table.too_long or len(entry.stands(place)) > LENGTHS[column]:
                entry.fail("intake.cell_too_long", place)
            elif text and words.is_markup(text):
                entry.note("intake.markup", place)
            elif text and column in _WORDED and words.is_formula(text):
                entry.note("intake.formula_text", place)

    def _say_formulas(self) -> None:
        """A formula in a column that is read: neither it nor what it came to is taken."""
        by_row = {entry.row.number: entry for entry in self.entries}
        for row, place in sorted(self.table.formulas):
            if row <= self.table.head_row or place not in self.layout.columns:
                continue
            if row in by_row:
                by_row[row].fail("intake.formula", place)
            else:  # nothing else stood in the row
                self.say("intake.formula", Severity.ERROR, place, row=row)


def sheets_of(kind: SheetKind, sheets: tuple[Sheet, ...]) -> Iterator[Sheet]:
    return (sheet for sheet in sheets if sheet.layout.kind is kind and sheet.entries)
