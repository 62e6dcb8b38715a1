"""What a child is asked most: to read one file."""

import struct
import zipfile
import zlib
from typing import Any, Final
from xml.parsers import expat

from ojakgyo.apps.intake.reading import text_file, wire, workbook
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake.sheets import ReadFile

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, SyntaxError, struct.error, EOFError, OSError, RecursionError,
    NotImplementedError, ValueError, LookupError, TypeError, AttributeError, OverflowError,
)  # fmt: skip
"""What a broken or forged workbook makes of the library; SyntaxError is how its XML parser says so."""
_OLD_OR_LOCKED: Final = bytes.fromhex("d0cf11e0a1b11ae1")


def done(written: bytes, *, encoding: str | None, name: str) -> dict[str, Any]:
    """The answer, ready for the wire; what is refused is an answer too."""
    try:
        return wire.told(read(written, encoding=encoding, name=name))
    except Refused as refused:
        return {"refused": refused.code, "ids": refused.ids}
    except MemoryError:
        return {"refused": "intake.file_heavy", "ids": {}}


def read(written: bytes, *, encoding: str | None, name: str) -> ReadFile:
    """By what the file is, never by how it is called."""
    if not written.strip(b"\0\r\n\t "):
        raise Refused("intake.file_empty")
    if written.startswith(_OLD_OR_LOCKED):
        raise Refused("intake.file_locked")
    if written.startswith(b"PK"):
        return _workbook(written)
    return text_file.read(written, encoding=encoding, name=name)


def _workbook(written: bytes) -> ReadFile:
    try:
        tables = workbook.read(written)
    except _BROKEN as error:
        raise Refused("intake.file_unreadable") from error
    if not tables:
        raise Refused("intake.file_empty")
    return ReadFile(tables)
