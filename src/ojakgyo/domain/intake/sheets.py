"""Tables as they came: every cell a text, and what a spreadsheet hides said beside it.

A file is read by a child process without keys (`apps/intake/reading`), which hands back these values and nothing else.
Rows and columns are counted from 1, as the spreadsheet shows them; 0 means the whole row, or the whole sheet.
"""

from dataclasses import dataclass, field
from typing import Final

ROWS_LIMIT: Final = 20_000
"""Rows of one file that are not blank, the heads left out."""
COLUMNS_LIMIT: Final = 60
LENGTH_LIMIT: Final = 2_000
"""Characters of one cell."""
SHEETS_LIMIT: Final = 20


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file: number of the sheet, row and column. Whole numbers only: no name stands in it."""

    sheet: int
    row: int = 0
    column: int = 0

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it: 1 is A, 28 is AB, 0 is nothing."""
        written, rest = "", self.column
        while rest:
            rest, place = divmod(rest - 1, 26)
            written = chr(ord("A") + place) + written
        return written


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet. `cells` are as many as the heads; a blank one is an empty text.

    A date of the spreadsheet is written 2026-11-03 or 2026-11-03 21:00, a whole number without point, a formula as nothing.
    """

    number: int
    cells: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells made one; the value stands in the first. All four are included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet that holds anything. `number`: 1 for the first of the file; `name`: as its tab says (may hold a name).

    `head_row`: where the heads were found. `rows`: those below it that are not blank, hidden ones included.
    `formulas`, `too_long`: cells that were left empty, as (row, column). `dated`: columns with real dates of the spreadsheet.
    """

    number: int
    name: str
    head_row: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    too_long: frozenset[tuple[int, int]] = frozenset()
    dated: frozenset[int] = frozenset()

    @property
    def hidden_rows(self) -> int:
        return sum(row.hidden for row in self.rows)


@dataclass(frozen=True, slots=True)
class Preview:
    """How the first lines of a text file look in one encoding; the first of several is the likeliest."""

    encoding: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of a file: its tables, or, when nobody can know its letters, how they look in each encoding.

    `encoding`: of a text file, None for a workbook. With `previews` of more than one there are no tables yet: ask, and
    read again with ``encoding=``.
    """

    tables: tuple[Table, ...]
    encoding: str | None = None
    previews: tuple[Preview, ...] = field(default=())

    @property
    def unsure(self) -> bool:
        return not self.tables and bool(self.previews)
