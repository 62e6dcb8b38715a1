"""Values to plain JSON in the child, and back in the parent, where nothing is believed without being looked at."""

import logging
import re
from dataclasses import asdict
from typing import Any, Final

from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.intake.sheets import Merged, Preview, ReadFile, Row, Table

log = logging.getLogger("ojakgyo.failures")
_WHERE: Final = re.compile(r"[A-Za-z_.]{1,60}(?: [a-z_/]{1,60}\.py:\d{1,5})?")
"""A type and a place of ours, as `failing.where` says them; nothing else of what a child says comes into the log."""


def told(found: ReadFile) -> dict[str, Any]:
    return {
        "encoding": found.encoding,
        "previews": [[each.encoding, each.lines] for each in found.previews],
        "tables": [_plain(table) for table in found.tables],
    }


def _plain(table: Table) -> dict[str, Any]:
    return {
        "number": table.number,
        "name": table.name,
        "head_row": table.head_row,
        "heads": table.heads,
        "rows": [[row.number, row.hidden, row.cells] for row in table.rows],
        "hidden": table.hidden,
        "hidden_columns": sorted(table.hidden_columns),
        "merged": [list(asdict(each).values()) for each in table.merged],
        "formulas": sorted(table.formulas),
        "too_long": sorted(table.too_long),
        "dated": sorted(table.dated),
    }


def taken(answer: dict[str, Any]) -> ReadFile:
    """What the child said, as values again. What it refused is refused here; what cannot be, is unreadable.

    A mistake of ours is none of the file's: ``Refused`` "house.failed", and a line in the log.
    """
    if "failed" in answer:
        said = str(answer["failed"])
        log.error("reading failed: %s", said if _WHERE.fullmatch(said) else "unknown")
        raise Refused("house.failed")
    try:
        found = _refusal(answer) if "refused" in answer else _found(answer)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Refused("intake.file_unreadable") from None
    if isinstance(found, Refused):
        raise found
    return found


def _found(answer: dict[str, Any]) -> ReadFile:
    return ReadFile(
        tables=tuple(map(_table, answer["tables"])),
        encoding=None if answer["encoding"] is None else str(answer["encoding"]),
        previews=tuple(
            Preview(str(encoding), tuple(tuple(map(str, line)) for line in lines))
            for encoding, lines in answer["previews"]
        ),
    )


def _refusal(answer: dict[str, Any]) -> Refused:
    """Codes of this area only, and whole numbers only."""
    code, ids = answer["refused"], answer["ids"]
    if code not in REGISTRY or not code.startswith("intake."):
        raise ValueError("no code of a file")
    return Refused(code, **{name: int(ids[name]) for name in ("sheet", "row", "column") if name in ids})


def _table(plain: dict[str, Any]) -> Table:
    width = len(plain["heads"])
    return Table(
        number=int(plain["number"]),
        name=str(plain["name"]),
        head_row=int(plain["head_row"]),
        heads=tuple(map(str, plain["heads"])),
        rows=tuple(_row(width, *row) for row in plain["rows"]),
        hidden=bool(plain["hidden"]),
        hidden_columns=frozenset(map(int, plain["hidden_columns"])),
        merged=tuple(Merged(*map(int, each)) for each in plain["merged"]),
        formulas=_places(plain["formulas"]),
        too_long=_places(plain["too_long"]),
        dated=frozenset(map(int, plain["dated"])),
    )


def _row(width: int, number: int, hidden: bool, cells: list[str]) -> Row:
    if len(cells) != width or not all(type(cell) is str for cell in cells):
        raise ValueError("a row is as wide as the heads, and all text")
    return Row(int(number), tuple(cells), bool(hidden))


def _places(plain: list[list[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((int(row), int(column)) for row, column in plain)
