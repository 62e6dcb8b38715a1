"""Workbooks for the tests, made as a spreadsheet would, or as somebody would who means harm."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook


def workbook(rows: list[list[Any]], change: Callable[[Any], None] = lambda _: None, *, name: str = "Sheet1") -> bytes:
    """One sheet; `change` is given it before it is written."""
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    change(book.active)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def forged(book: bytes, parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with some of its parts exchanged, or with more."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()
