"""Lines of cells, from whichever kind of file, made a table: its heads found, blank lines passed over, limits held."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.sheets import COLUMNS_LIMIT, LENGTH_LIMIT, ROWS_LIMIT, Row, Table

HEADS_WITHIN: Final = 12
"""Lines from the top among which the heads are looked for; above them stands a heading of some kind."""
TEXT_LIMIT: Final = 12_000_000
"""Characters of a whole file: a shared text of a workbook may be asked for a million times."""
_UNSEEN: Final = {
    **dict.fromkeys(range(0x20), None),
    **dict.fromkeys([0x7F, 0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], None),
    ord("\n"): "\n",
    ord("\t"): " ",
    0xA0: " ",
    0x3000: " ",
}
"""Characters nobody sees, some of which turn the writing round: they never reach the desk."""
_ESCAPED: Final = re.compile(r"'(?=[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""An apostrophe that keeps a spreadsheet from computing, as our own exports have it (`exporting.files.harmless`)."""


@dataclass(slots=True)
class Budget:
    """What is left of the limits of one file, over all its sheets."""

    rows: int = ROWS_LIMIT
    text: int = TEXT_LIMIT


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read."""

    number: int
    name: str
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    too_long: set[tuple[int, int]] = field(default_factory=set)

    def take(self, number: int, cells: list[str], budget: Budget) -> None:
        """One more line, unless it is blank; ``Refused`` past a limit."""
        cells = [clean(cell) if cell else "" for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        if len(cells) > COLUMNS_LIMIT:
            raise Refused("intake.too_many_columns", sheet=self.number, row=number, column=COLUMNS_LIMIT + 1)
        budget.rows -= 1
        budget.text -= sum(map(len, cells))
        if budget.rows < -HEADS_WITHIN:  # heads, and what stands above them, are no rows; counted exactly at the end
            raise Refused("intake.too_many_rows", sheet=self.number, row=number)
        if budget.text < 0:
            raise Refused("intake.file_heavy", sheet=self.number, row=number)
        for place, cell in enumerate(cells, 1):
            if len(cell) > LENGTH_LIMIT:
                self.too_long.add((number, place))
                cells[place - 1] = ""
        self.lines.append((number, cells))


def clean(text: str) -> str:
    """A cell's text composed, without what cannot be seen or keeps it from being computed; no two blanks in a row."""
    if text[:1] == "'" and _ESCAPED.match(text):
        text = text[1:]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_UNSEEN))
    return "\n".join(filter(None, (" ".join(line.split()) for line in plain.split("\n"))))


def width_of(sheet: Sheet) -> int:
    return max((len(cells) for _, cells in sheet.lines), default=0)


def head_place(lines: list[tuple[int, list[str]]]) -> int:
    """Which of the first lines holds the heads: the one most of whose texts are known as heads; else the first full one."""
    first = [cells for _, cells in lines[:HEADS_WITHIN]]
    known = [len(heads.guess(tuple(cells))) for cells in first]
    if max(known, default=0) > 0:
        return known.index(max(known))
    return next((place for place, cells in enumerate(first) if sum(map(bool, cells)) > 1), 0)


def table_of(sheet: Sheet, hidden_rows: Iterable[int] = (), **more: object) -> Table | None:
    """The table of a sheet; None where nothing stands."""
    if not sheet.lines:
        return None
    width, hidden, at = width_of(sheet), frozenset(hidden_rows), head_place(sheet.lines)
    head_row, names = sheet.lines[at]
    rows = tuple(
        Row(number, (*cells, *[""] * (width - len(cells))), number in hidden) for number, cells in sheet.lines[at + 1 :]
    )
    return Table(
        number=sheet.number,
        name=sheet.name,
        head_row=head_row,
        heads=(*names, *[""] * (width - len(names))),
        rows=rows,
        too_long=frozenset(sheet.too_long),
        **more,  # type: ignore[arg-type]
    )


def within(tables: list[Table]) -> tuple[Table, ...]:
    """The tables, if they hold no more rows together than a file may; the first row too many is named."""
    left = ROWS_LIMIT
    for table in tables:
        if len(table.rows) > left:
            raise Refused("intake.too_many_rows", sheet=table.number, row=table.rows[left].number)
        left -= len(table.rows)
    return tuple(tables)
