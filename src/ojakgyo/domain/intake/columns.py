"""What a sheet may be about, and what a column of it may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class SheetKind(StrEnum):
    HELPERS = "helpers"
    LINES = "lines"
    CELLS = "cells"
    LINKS = "links"
    PLANS = "plans"
    ROUTES = "routes"


class Column(StrEnum):
    """A value is never renamed: layouts are remembered by it."""

    CODE_NAME = "code_name"
    NAME = "name"
    ALIASES = "aliases"
    NOTE = "note"
    CELL = "cell"
    AREA = "area"
    LEAD = "lead"
    DEPUTY = "deputy"
    PHONE = "phone"
    COUNTRY = "country"
    STATE = "state"
    HOLDER = "holder"
    NOTICER = "noticer"
    NOTICER_DELAY = "noticer_delay"
    ASIDE = "aside"
    ADULTS = "adults"
    CHILDREN = "children"
    WHO = "who"
    WHOM = "whom"
    HOW = "how"
    WHEN = "when"
    UNTIL = "until"
    TIMES = "times"
    FIRST = "first"
    HOUR = "hour"
    EVERY = "every"
    LENGTH = "length"
    GRACE = "grace"
    THROUGH = "through"
    DELAY = "delay"
    FROM_HOUR = "from_hour"
    TO_HOUR = "to_hour"
    EXPOSES = "exposes"
    REHEARSED = "rehearsed"


class DateOrder(StrEnum):
    """Which of three numbers is what, where the year does not stand in front with four digits."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


COLUMNS: Final[Mapping[SheetKind, tuple[Column, ...]]] = {
    SheetKind.HELPERS: (
        Column.CODE_NAME,
        Column.CELL,
        Column.NAME,
        Column.ALIASES,
        Column.PHONE,
        Column.COUNTRY,
        Column.NOTICER,
        Column.NOTICER_DELAY,
        Column.ASIDE,
        Column.ADULTS,
        Column.CHILDREN,
        Column.NOTE,
    ),
    SheetKind.LINES: (Column.HOLDER, Column.PHONE, Column.COUNTRY, Column.STATE),
    SheetKind.CELLS: (Column.CELL, Column.AREA, Column.LEAD, Column.DEPUTY),
    SheetKind.LINKS: (
        Column.WHO,
        Column.WHOM,
        Column.HOW,
        Column.WHEN,
        Column.UNTIL,
        Column.AREA,
        Column.TIMES,
    ),
    SheetKind.PLANS: (Column.WHO, Column.FIRST, Column.HOUR, Column.EVERY, Column.LENGTH, Column.GRACE),
    SheetKind.ROUTES: (
        Column.WHO,
        Column.HOW,
        Column.THROUGH,
        Column.DELAY,
        Column.FROM_HOUR,
        Column.TO_HOUR,
        Column.EXPOSES,
        Column.REHEARSED,
    ),
}
"""The columns of the template, in their order."""

REQUIRED: Final[Mapping[SheetKind, frozenset[Column]]] = {
    SheetKind.HELPERS: frozenset({Column.CELL}),
    SheetKind.LINES: frozenset({Column.HOLDER, Column.PHONE}),
    SheetKind.CELLS: frozenset({Column.CELL}),
    SheetKind.LINKS: frozenset({Column.WHO, Column.WHOM, Column.WHEN}),
    SheetKind.PLANS: frozenset({Column.WHO, Column.FIRST, Column.EVERY}),
    SheetKind.ROUTES: frozenset({Column.WHO, Column.HOW, Column.DELAY}),
}
"""Without these a sheet says nothing. A helper needs a code name or a name besides."""


LENGTHS: Final[Mapping[Column, int]] = {
    **dict.fromkeys(Column, 60),
    Column.ALIASES: 300,
    Column.NOTE: 2_000,
    Column.PHONE: 40,
    Column.WHO: 200,
    Column.WHOM: 200,
}
"""Characters a cell of each may hold; two of them may name several people."""

REPEATABLE: Final = frozenset({Column.PHONE, Column.WHOM})
"""Several columns of a sheet may hold one of these each: a second phone, a third who was there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is to be understood: guessed from its heads, corrected and remembered by an officer.

    `kind` None: the sheet is passed over. `columns`: from the number of a column, counted from 1; what is not named is not
    read. `order`: of dates like 3/11/2026, where the column itself does not tell. `country`: of numbers in national form,
    two letters (KR, CN), where the row has none. `take_hidden`: hidden rows, and a hidden sheet, count too.
    """

    kind: SheetKind | None
    columns: Mapping[int, Column] = field(default_factory=dict)
    order: DateOrder | None = None
    country: str | None = None
    take_hidden: bool = False

    @property
    def missing(self) -> frozenset[Column]:
        """Required columns that no column of the sheet was given to."""
        return REQUIRED[self.kind] - set(self.columns.values()) if self.kind else frozenset()
