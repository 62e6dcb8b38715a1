"""What a child is asked most: to read one file."""

from typing import Any, Final

from ojakgyo.apps.intake.reading import text_file, wire, workbook
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.failing import where
from ojakgyo.domain.intake.sheets import ReadFile

_OLD_OR_LOCKED: Final = bytes.fromhex("d0cf11e0a1b11ae1")


def done(written: bytes, *, encoding: str | None, name: str) -> dict[str, Any]:
    """The answer, ready for the wire; what is refused is an answer too, and so is a mistake of ours."""
    try:
        return wire.told(read(written, encoding=encoding, name=name))
    except Refused as refused:
        return {"refused": refused.code, "ids": refused.ids}
    except MemoryError:
        return {"refused": "intake.file_heavy", "ids": {}}
    except Exception as error:  # noqa: BLE001 - a mistake of ours, no fault of the file: the parent logs what and where
        return {"failed": where(error)}


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
    tables = workbook.read(written)
    if not tables:
        raise Refused("intake.file_empty")
    return ReadFile(tables)
