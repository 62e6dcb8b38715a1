"""A file made to be slow: whatever stands in its cells, checking it costs little more than any other file of its size."""

import time

import pytest
from intake_tables import checked as checked_tables
from intake_tables import known, said, table

from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import COLUMNS, LENGTHS, Column, Layout, SheetKind
from ojakgyo.domain.intake.sheets import Merged, Row, Table

PLAIN = "여울 만남 2026 " * 200
NASTY = ("버" + " " * 1_998 + "들", "한 " * 1_000, "?" * 1_999 + "x", "<" + " " * 1_999, "< " * 1_000, "on a" + "b" * 1_990,
         "(" * 2_000, "1 " * 1_000, "2026-" * 400, ", " * 1_000, "+a" * 1_000, " 1시간" * 500)  # fmt: skip
ROWS, MARGIN = 30, 40
"""The quadratic ones stood at more than a thousand times a plain row."""


def cost(cells: list[str], kind: SheetKind, *, rows: int = ROWS) -> float:
    """Seconds of the processor, for rows that are all the same."""
    columns = COLUMNS[kind]
    made = Table(1, "", 1, ("x",) * len(columns), tuple(Row(at, tuple(cells)) for at in range(2, rows + 2)))
    began = time.process_time()
    check([made], [Layout(kind, dict(enumerate(columns, 1)))], known())
    return time.process_time() - began


@pytest.mark.parametrize("length", [60, 2_000])
def test_no_shape_of_a_cell_makes_a_file_slow(length):
    for kind in (SheetKind.HELPERS, SheetKind.LINKS, SheetKind.PLANS):
        plain = cost([PLAIN[:length]] * len(COLUMNS[kind]), kind) + 0.01
        for each in NASTY:
            assert cost([each[:length]] * len(COLUMNS[kind]), kind) < MARGIN * plain, each[:8]


def test_heads_made_to_be_slow_are_no_heads():
    began = time.process_time()
    plain = heads.layout_of(Table(1, "", 1, ("이름" * 40,) * 60, ()))
    usual = time.process_time() - began + 0.01
    slow = heads.layout_of(Table(1, "", 1, ("(" * 2_000,) * 60, ()))
    assert time.process_time() - began < MARGIN * usual
    assert slow == plain == Layout(None)


def test_cells_merged_over_and_over_cost_each_row_once():
    rows = tuple(Row(at, ("N-2", "가상")) for at in range(2, 200))
    merged = tuple(Merged(2, 1, 1_048_576, 1) for _ in range(300))
    began = time.process_time()
    check([Table(1, "", 1, ("조", "이름"), rows, merged=merged)], [Layout(None)], known())
    draft = check([Table(1, "", 1, ("조", "이름"), rows, merged=merged)],
                  [Layout(SheetKind.HELPERS, {1: Column.CELL, 2: Column.NAME})], known())  # fmt: skip
    assert time.process_time() - began < 1.0, "300 times a million rows would be ten seconds"
    assert len(draft.people) == len(rows)


@pytest.mark.parametrize(("head", "column"), [("이름", Column.NAME), ("전화", Column.PHONE), ("비고", Column.NOTE)])
def test_what_is_longer_than_its_column_takes_is_said_at_its_place(head, column):
    limit = LENGTHS[column]
    fits = "+86" + "1" * (limit - 3) if column is Column.PHONE else "가" * limit
    draft = checked_tables(table("helpers", f"조 | 가명 | {head}", f"N-2 | 노을 | {fits}", f"N-2 | 까치-3 | {fits}1"))
    assert (1, 3, "C", "cell_too_long", "error") in said(draft)
    assert not [each for each in said(draft) if each[1] == 2 and each[3] == "cell_too_long"]


def test_several_names_of_one_cell_are_parted_whatever_stands_around_them():
    draft = checked_tables(table("meetings", "who | whom | when", "버들 |  여울 ,  버들 ; | 2026-11-03"))
    assert len(draft.links) == 1
