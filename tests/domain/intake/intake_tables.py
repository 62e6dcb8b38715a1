"""Tables and what the desk knows, for the tests of paper coming in. All people are invented."""

from datetime import UTC, datetime

from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import Layout
from ojakgyo.domain.intake.drafts import Code, Draft, Known, KnownPerson
from ojakgyo.domain.intake.sheets import Row, Table
from ojakgyo.domain.names.codename import parse
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CellId, PersonId

NOW = instants.of(datetime(2026, 11, 26, 12, tzinfo=UTC))
HELD, FOREIGN = CellId(12), CellId(13)
BEODEUL, YEOUL, DURUMI = PersonId(1), PersonId(2), PersonId(3)


def known(**more) -> Known:
    """N-2 is held and has Beodeul and Yeoul; N-3 is not, and has Durumi."""
    people = {
        parse("Beodeul"): KnownPerson(BEODEUL, HELD),
        parse("Yeoul"): KnownPerson(YEOUL, HELD),
        parse("Durumi"): KnownPerson(DURUMI, FOREIGN),
    }
    usual = {
        "people": people,
        "cells": {Code("N", 2): HELD, Code("N", 3): FOREIGN},
        "held": frozenset({HELD}),
        "areas": frozenset({Code("N", 2), Code("N", 3)}),
    }
    return Known(now=NOW, **(usual | more))


def table(name: str, head: str, *lines: str, number: int = 1, **more) -> Table:
    """A sheet from lines whose cells are parted by `|`; the first line of rows is row 2."""
    names = tuple(cell.strip() for cell in head.split("|"))
    rows = []
    for place, line in enumerate(lines, 2):
        cells = [cell.strip() for cell in line.split("|")]
        rows.append(Row(place, tuple((cells + [""] * len(names))[: len(names)]), place in more.get("hide", ())))
    more.pop("hide", None)
    return Table(number, name, 1, names, tuple(rows), **more)


def checked(*tables: Table, layouts: dict[int, Layout] | None = None, **more) -> Draft:
    """The draft of these sheets, as their heads were guessed, or as it was said for some by number."""
    chosen = [(layouts or {}).get(each.number) or heads.layout_of(each) for each in tables]
    return check(tables, chosen, known(**more))


def said(draft: Draft) -> list[tuple[int, int, str, str, str]]:
    """(sheet, row, column's letter, code without its area, severity) of every finding."""
    return [
        (each.spot.sheet, each.spot.row, each.spot.letter, each.code.removeprefix("intake."), each.severity.value)
        for each in draft.findings
    ]
