"""What lies sealed of a file that was read: its tables, how they are to be understood, and what the dry run said of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake.columns import Column, DateOrder, Layout, SheetKind
from ojakgyo.domain.intake.drafts import Draft, Finding, Severity
from ojakgyo.domain.intake.sheets import Merged, Preview, Row, Spot, Table

Plain = dict[str, Any]
PARTS: Final = ("people", "cells", "leads", "lines", "links", "plans", "routes", "noticers", "asides")
"""Of a draft, in the order in which they are said."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the dry run found: how much of each part would be written, and every finding."""

    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    rows: int
    hidden_rows: int

    @classmethod
    def of(cls, draft: Draft) -> "Tried":
        counts = {part: len(getattr(draft, part)) for part in PARTS}
        return cls(counts, draft.findings, draft.rows, draft.hidden_rows)

    @property
    def left_out(self) -> int:
        """Rows that are not taken."""
        severe = [each for each in self.findings if each.severity is not Severity.NOTICE]
        return len({(each.spot.sheet, each.spot.row) for each in severe if each.spot.row})


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """`readings`: the tables in each encoding that may be meant; None stands for a workbook. `chosen`: which one counts.

    Nothing chosen: somebody has to look at `previews` first, and there is no `tried` yet. `remembered`: numbers of the
    sheets whose columns are taken as in the last file with such heads.
    """

    name: str
    readings: Mapping[str, tuple[Table, ...]]
    chosen: str | None
    previews: tuple[Preview, ...] = ()
    layouts: tuple[Layout, ...] = ()
    tried: Tried | None = None
    remembered: frozenset[int] = frozenset()

    @property
    def tables(self) -> tuple[Table, ...]:
        return () if self.chosen is None else self.readings[self.chosen]

    def with_layouts(self, layouts: tuple[Layout, ...], tried: Tried) -> "Content":
        return replace(self, layouts=layouts, tried=tried)


WORKBOOK: Final = "workbook"
"""Stands for the encoding of a file that has none."""


def plain(content: Content) -> Plain:
    """As JSON; read back by `revived`."""
    return {
        "name": content.name,
        "readings": {encoding: [_table(each) for each in tables] for encoding, tables in content.readings.items()},
        "chosen": content.chosen,
        "previews": [[each.encoding, each.lines] for each in content.previews],
        "layouts": [_layout(each) for each in content.layouts],
        "tried": content.tried and _tried(content.tried),
        "remembered": sorted(content.remembered),
    }


def revived(held: Plain) -> Content:
    return Content(
        name=held["name"],
        readings={encoding: tuple(_table_of(each) for each in tables) for encoding, tables in held["readings"].items()},
        chosen=held["chosen"],
        previews=tuple(Preview(encoding, tuple(map(tuple, lines))) for encoding, lines in held["previews"]),
        layouts=tuple(_layout_of(each) for each in held["layouts"]),
        tried=held["tried"] and _tried_of(held["tried"]),
        remembered=frozenset(held.get("remembered", ())),
    )


def layouts_for(content: Content, written: str) -> tuple[Layout, ...]:
    """Layouts as `ojak import --map` takes them, for the sheets that it names; the others stay as guessed.

    JSON: a sheet by its name, or "*" for any other; `kind`, `columns` from a head or a letter to a column, and if need be
    `order`, `country`, `hidden`. Anything else: ``Refused``.
    """
    try:
        held = json.loads(written)
        return tuple(
            _named_layout(table, held.get(table.name, held.get("*")), layout)
            for table, layout in zip(content.tables, content.layouts, strict=True)
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("intake.map_unreadable") from None


def _named_layout(table: Table, held: dict[str, Any] | None, guess: Layout) -> Layout:
    if held is None:
        return guess
    letters = {Spot(0, 0, at).letter: at for at in range(1, len(table.heads) + 1)}
    places = letters | {head: at for at, head in enumerate(table.heads, start=1) if head}
    columns = {str(places[name]): column for name, column in held["columns"].items()}
    return _layout_of([held["kind"], columns, held.get("order"), held.get("country"), bool(held.get("hidden"))])


def _table(table: Table) -> list[Any]:
    rows = [[row.number, row.cells, row.hidden] for row in table.rows]
    merged = [[each.top, each.left, each.bottom, each.right] for each in table.merged]
    return [
        table.number,
        table.name,
        table.head_row,
        table.heads,
        rows,
        table.hidden,
        sorted(table.hidden_columns),
        merged,
        sorted(table.formulas),
        sorted(table.too_long),
        sorted(table.dated),
    ]


def _table_of(held: list[Any]) -> Table:
    number, name, head_row, heads, rows, hidden, columns, merged, formulas, too_long, dated = held
    return Table(
        number,
        name,
        head_row,
        tuple(heads),
        tuple(Row(place, tuple(cells), below) for place, cells, below in rows),
        hidden,
        frozenset(columns),
        tuple(Merged(*each) for each in merged),
        frozenset(map(tuple, formulas)),
        frozenset(map(tuple, too_long)),
        frozenset(dated),
    )


def _layout(layout: Layout) -> list[Any]:
    return [layout.kind, {str(at): of for at, of in layout.columns.items()}, layout.order, layout.country,
            layout.take_hidden]  # fmt: skip


def _layout_of(held: list[Any]) -> Layout:
    kind, columns, order, country, take_hidden = held
    return Layout(
        None if kind is None else SheetKind(kind),
        {int(at): Column(of) for at, of in columns.items()},
        None if order is None else DateOrder(order),
        country,
        take_hidden,
    )


def _tried(tried: Tried) -> list[Any]:
    found = [[_spot(each.spot), each.code, each.severity, each.other and _spot(each.other)] for each in tried.findings]
    return [dict(tried.counts), found, tried.rows, tried.hidden_rows]


def _tried_of(held: list[Any]) -> Tried:
    counts, found, rows, hidden = held
    findings = [Finding(Spot(*at), code, Severity(how), other and Spot(*other)) for at, code, how, other in found]
    return Tried(counts, tuple(findings), rows, hidden)


def _spot(spot: Spot) -> tuple[int, int, int]:
    return spot.sheet, spot.row, spot.column
