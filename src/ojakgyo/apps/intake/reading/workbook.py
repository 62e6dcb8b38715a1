"""Workbooks (XLSX): unpacked only after their sizes are known, and read with everything they hide.

No formula is computed and no computed value is taken: what a cell shows may be years old, or may be what somebody wanted
to be seen. Such a cell comes back empty and is said. Macros, pictures, comments and links to other files are not looked at.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string

from ojakgyo.apps.intake.reading.tabling import Budget, Sheet, table_of, within
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake.sheets import COLUMNS_LIMIT, SHEETS_LIMIT, Merged, Table

UNPACKED_LIMIT: Final = 40 << 20
"""Bytes: 20,000 rows of ten columns are about 10 MB."""
PARTS_LIMIT: Final = 500
MERGED_LIMIT: Final = 2_000
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_UNPACKING: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError, ValueError,
)  # fmt: skip
"""What a broken archive makes of the standard library."""
_PIECE: Final = 1 << 16
_READING: Final = (
    *_UNPACKING, expat.ExpatError, SyntaxError, RecursionError, LookupError, TypeError, AttributeError,
    ArithmeticError, AssertionError,
)  # fmt: skip
"""What a forged workbook makes of openpyxl; SyntaxError is how its XML parser says so. Around its own calls only."""


@contextmanager
def unreadable(raised: tuple[type[Exception], ...]) -> Iterator[None]:
    """Around a call of somebody else's library, and nothing of ours."""
    try:
        yield
    except raised as error:
        raise Refused("intake.file_unreadable") from error


def read(written: bytes) -> tuple[Table, ...]:
    """Every sheet that holds anything. Broken or forged: ``Refused``; a mistake of ours is raised as what it is."""
    with unreadable(_UNPACKING):
        archive = zipfile.ZipFile(io.BytesIO(written))
    sizes_hold(archive)
    looks = {each.filename: looked_at(archive, each) for each in archive.infolist() if _is_xml(each)}
    with unreadable(_READING):
        book = load_workbook(io.BytesIO(written), read_only=True, data_only=False, keep_links=False)
    sheets = [each for each in book.worksheets if hasattr(each, "reset_dimensions")]
    if len(sheets) > SHEETS_LIMIT:
        raise Refused("intake.too_many_sheets", sheet=SHEETS_LIMIT + 1)
    budget = Budget()
    tables = [_table(number, each, looks, budget) for number, each in enumerate(sheets, 1)]
    return within([table for table in tables if table is not None])


def sizes_hold(archive: zipfile.ZipFile) -> None:
    """Refuse what would swell, by what the archive itself says, before a byte is unpacked.

    An archive that lies about a size is cut off at the size it said, and its checksum then does not hold.
    """
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT or len(parts) > PARTS_LIMIT:
        raise Refused("intake.file_swells")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("intake.file_locked")
    if len({part.filename for part in parts}) != len(parts):
        raise Refused("intake.file_unreadable")  # two parts of one name: which of them counts depends on who reads
    if "mimetype" in archive.namelist() or "xl/workbook.bin" in archive.namelist():
        raise Refused("intake.file_kind")


@dataclass(slots=True)
class Look:
    """What a sheet hides."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    row: int = 0


def looked_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Look:
    """Hidden rows and columns and merged cells of a sheet; any part that declares entities of its own is refused."""
    look, parser = Look(), expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler, parser.XmlDeclHandler = _refuse_doctype, _refuse_letters
    if _SHEET.fullmatch(part.filename):
        parser.StartElementHandler = lambda name, attributes: _note(look, name, attributes)
    with unreadable(_UNPACKING):
        source = archive.open(part)
    piece = b"."
    while piece:
        with unreadable(_UNPACKING):
            piece = source.read(_PIECE)
        with unreadable((expat.ExpatError,)):  # our own handlers run in here
            parser.Parse(piece, not piece)
    return look


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels", ".vml"))


def _refuse_doctype(*_: object) -> None:
    raise Refused("intake.file_unreadable")


def _refuse_letters(_: str, encoding: str | None, __: int) -> None:
    """Any encoding the parser does not have by itself."""
    if encoding is not None and encoding.upper() not in ("UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1"):
        raise Refused("intake.file_unreadable")


def _note(look: Look, name: str, attributes: dict[str, str]) -> None:
    kind = name.rpartition(" ")[2]
    if kind == "row":
        look.row = _whole(attributes["r"]) if "r" in attributes else look.row + 1
        if _yes(attributes.get("hidden")) or _no_size(attributes.get("ht")):
            look.hidden_rows.add(look.row)
    elif kind == "col" and (_yes(attributes.get("hidden")) or _no_size(attributes.get("width"))):
        last = min(_whole(attributes.get("max")), COLUMNS_LIMIT)
        look.hidden_columns.update(range(_whole(attributes.get("min")), last + 1))
    elif kind == "mergeCell" and len(look.merged) < MERGED_LIMIT:
        if (found := _REF.fullmatch(attributes.get("ref", ""))) is None:
            raise Refused("intake.file_unreadable")
        left, right = column_index_from_string(found[1]), column_index_from_string(found[3] or found[1])
        look.merged.append(Merged(int(found[2]), left, int(found[4] or found[2]), right))


_REF: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?")


def _whole(attribute: str | None) -> int:
    if attribute is None or not re.fullmatch(r"[0-9]{1,9}", attribute):
        raise Refused("intake.file_unreadable")
    return int(attribute)


def _no_size(attribute: str | None) -> bool:
    """Whether a height or a width says that nothing is to be seen."""
    try:
        return attribute is not None and float(attribute) <= 0
    except ValueError:
        raise Refused("intake.file_unreadable") from None


def _yes(attribute: str | None) -> bool:
    return attribute in ("1", "true", "on")


def _table(number: int, sheet: Any, looks: dict[str, Look], budget: Budget) -> Table | None:
    """One sheet row by row. The library names the part it reads in `_worksheet_path`; the pinned version is tested."""
    if (look := looks.get(sheet._worksheet_path)) is None:
        raise Refused("intake.file_unreadable")  # a sheet in a part that is called like none
    found, formulas, dated = Sheet(number, sheet.title), set(), set()
    sheet.reset_dimensions()  # a file may say any size
    for row, cells in enumerate(_rows(sheet), 1):
        texts = []
        for column, cell in enumerate(cells, 1):
            value = cell.value
            if value is None:
                texts.append("")
            elif cell.data_type in ("f", "e"):
                texts.append("")
                formulas.add((row, column))
            else:
                if isinstance(value, date):
                    dated.add(column)
                texts.append(text_of(value))
        found.take(row, texts, budget)
    return table_of(
        found,
        look.hidden_rows,
        hidden=sheet.sheet_state != "visible",
        hidden_columns=frozenset(look.hidden_columns),
        merged=tuple(look.merged),
        formulas=frozenset(formulas),
        dated=frozenset(dated),
    )


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Line by line; only the library's own step to the next one may fail over the file."""
    lines = sheet.iter_rows(min_row=1, max_col=COLUMNS_LIMIT + 1)
    while True:
        with unreadable(_READING):
            cells = next(lines, None)
        if cells is None:
            return
        yield cells


def text_of(value: object) -> str:
    """A cell's value as it is written in a table: dates as in ISO 8601, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 3600:02}:{int(value.total_seconds()) // 60 % 60:02}"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)
