"""Rows as the bytes of a file: a workbook, a bundle of CSV, JSON. In memory only; run in a child that has no key.

What a spreadsheet would take for a formula is made harmless: an apostrophe in front, and in a workbook every cell is text.
A phone number with its plus is no formula; in a workbook, where it is text, it goes out as it is.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

Tables = list[Mapping[str, Any]]
"""Each with `title`, `keys`, `heads`, `rows` (texts and whole numbers)."""
_FORMULA: Final = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that some spreadsheet may compute; the last four are the wide signs of East Asia."""
_PHONE: Final = re.compile(r"\+\d{5,15}")
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The same for every file: when it was made stands in the chronicle."""


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where it begins like a formula."""
    plain = _UNWRITABLE.sub(" ", text)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def written(file_format: str, tables: Tables) -> bytes:
    """`file_format`: a value of `ExportFormat`."""
    return {"xlsx": workbook, "csv": bundle, "json": objects}[file_format](tables)


def objects(tables: Tables) -> bytes:
    """Each sheet as a list of objects. Nothing here is computed by anybody, so texts stay as they are."""
    told = {table["kind"]: [dict(zip(table["keys"], row, strict=True)) for row in table["rows"]] for table in tables}
    return json.dumps({"ojakgyo": "cells/1", **told}, ensure_ascii=False, indent=1).encode()


def bundle(tables: Tables) -> bytes:
    """One CSV for each sheet (UTF-8 with its sign, as spreadsheets want it), in a ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            archive.writestr(zipfile.ZipInfo(f"{table['kind']}.csv", EARLIEST), _csv(table))
    return held.getvalue()


def _csv(table: Mapping[str, Any]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in table["heads"]])
    writer.writerows([harmless(each) if isinstance(each, str) else each for each in row] for row in table["rows"])
    return held.getvalue().encode("utf-8-sig")


def workbook(tables: Tables) -> bytes:
    """One sheet each, every text a text."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table["title"]), table)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        InMemory(book, archive).write_data()
    return held.getvalue()


def _fill(sheet: Worksheet, table: Mapping[str, Any]) -> None:
    for place, row in enumerate((table["heads"], *table["rows"]), 1):
        for column, value in enumerate(row, 1):
            if value != "":
                _put(sheet.cell(place, column), value)
    for column in range(1, len(table["heads"]) + 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 18
    sheet.freeze_panes = "A2"


def _put(cell: Cell, value: str | int) -> None:
    if isinstance(value, int):
        cell.value = value
        return
    text = value if _PHONE.fullmatch(value) else harmless(value)
    cell._value, cell.data_type = text, "s"  # by `value`, a text that begins with = would become a formula
    cell.number_format, cell.quotePrefix = "@", True


class InMemory(ExcelWriter):
    """The library writes every sheet to a temporary file first; names would lie on the disk."""

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        held = io.BytesIO()
        writer = WorksheetWriter(ws, held)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], held.getvalue())
        self.manifest.append(ws)
