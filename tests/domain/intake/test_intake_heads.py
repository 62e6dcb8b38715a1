"""Heads in Korean, English and Chinese; a head that stands twice is nobody's until somebody chooses."""

import pytest
from intake_tables import table

from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.columns import COLUMNS, REQUIRED, Column, SheetKind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("코드명|조|이름|전화번호", SheetKind.HELPERS),
        ("Name|Group|Mobile", SheetKind.HELPERS),
        ("姓名|小组|手机号", SheetKind.HELPERS),
        ("누가|누구와|언제|어디서", SheetKind.LINKS),
        ("Who|With whom|Date", SheetKind.LINKS),
        ("谁|和谁|日期|地点", SheetKind.LINKS),
        ("가진 사람|전화|상태", SheetKind.LINES),
        ("조|지역|책임자", SheetKind.CELLS),
        ("조력자|첫 연락|시각|며칠마다", SheetKind.PLANS),
        ("Helper|Kind|Through|Takes (hours)", SheetKind.ROUTES),
    ],
)
def test_a_sheet_is_known_by_its_heads(line, kind):
    found = heads.layout_of(table("Sheet1", line))
    assert found.kind is kind
    assert found.missing == frozenset()


def test_a_sheet_of_other_things_is_passed_over():
    assert heads.layout_of(table("Sheet1", "colour|weight")).kind is None


def test_a_head_that_stands_twice_is_given_to_neither_column():
    assert heads.guess(("누가", "누구와", "언제", "언제")) == {1: Column.WHO, 2: Column.WHOM}
    assert heads.guess(("who", "whom", "date", "day")) == {1: Column.WHO, 2: Column.WHOM}  # two words for one thing


def test_two_phones_under_the_very_same_head_are_not_told_apart():
    assert heads.guess(("이름", "조", "전화", "전화")) == {1: Column.NAME, 2: Column.CELL}


def test_a_second_phone_and_a_third_who_was_there_have_columns_of_their_own():
    assert heads.guess(("이름", "조", "전화1", "전화2")) == {
        1: Column.NAME, 2: Column.CELL, 3: Column.PHONE, 4: Column.PHONE}  # fmt: skip


def test_a_head_may_name_the_country_of_its_numbers():
    assert heads.layout_of(table("명단", "이름|조|전화 (중국)")).country == "CN"
    assert heads.layout_of(table("명단", "이름|조|Phone +82")).country == "KR"


def test_what_differs_from_file_to_file_is_not_in_the_key_of_heads():
    assert heads.key((" Phone No. (CN) ", "조")) == heads.key(("phone no", "조"))
    assert heads.key(("Phone", "조")) != heads.key(("조", "Phone"))


def test_what_a_sheet_needs_is_among_its_columns():
    assert all(REQUIRED[kind] <= set(COLUMNS[kind]) for kind in SheetKind)
