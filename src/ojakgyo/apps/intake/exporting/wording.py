"""How an export says things: the heads and words of the import's own template, so that what goes out comes in again.

Times are of the helper's own clock, as in the template; a time that is known to the minute keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ojakgyo.domain.intake.columns import COLUMNS, Column, SheetKind
from ojakgyo.domain.intake.linking import ZONES
from ojakgyo.domain.intake.words import WORDS
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

Cell = str | int
Line = tuple[Cell, ...]


class Beside(StrEnum):
    """Columns that an import passes over: they follow from something else, or are set at the desk."""

    ROLES = "roles"
    AREA_OF_THE_CELL = "area_of_the_cell"


Head = Column | Beside
HEADS: Final[Mapping[Head, tuple[str, str]]] = {
    Column.CODE_NAME: ("가명", "code name"),
    Column.CELL: ("조", "cell"),
    Column.NAME: ("이름", "name"),
    Column.ALIASES: ("다른 이름", "other names"),
    Column.NOTE: ("비고", "note"),
    Column.NOTICER: ("알아차릴 사람", "who would notice"),
    Column.NOTICER_DELAY: ("알게 되기까지", "noticed within"),
    Column.ASIDE: ("위험할 때", "if in danger"),
    Column.ADULTS: ("어른", "adults"),
    Column.CHILDREN: ("아이", "children"),
    Column.HOLDER: ("가진 사람", "holder"),
    Column.PHONE: ("전화번호", "phone"),
    Column.STATE: ("상태", "state"),
    Column.AREA: ("지역", "area"),
    Column.LEAD: ("책임자", "lead"),
    Column.DEPUTY: ("부책임자", "deputy"),
    Column.WHO: ("누가", "who"),
    Column.WHOM: ("누구와", "whom"),
    Column.HOW: ("종류", "how"),
    Column.WHEN: ("언제", "when"),
    Column.UNTIL: ("언제까지", "until"),
    Column.TIMES: ("횟수", "times"),
    Column.FIRST: ("다음 연락", "next contact"),
    Column.HOUR: ("시각", "hour"),
    Column.EVERY: ("며칠마다", "every days"),
    Column.LENGTH: ("얼마 동안", "length"),
    Column.GRACE: ("유예", "grace"),
    Column.THROUGH: ("누구를 통해", "through"),
    Column.DELAY: ("걸리는 시간", "delay"),
    Column.FROM_HOUR: ("몇 시부터", "from hour"),
    Column.TO_HOUR: ("몇 시까지", "to hour"),
    Column.EXPOSES: ("드러나는 것", "exposes"),
    Column.REHEARSED: ("마지막 연습", "last rehearsed"),
    Beside.ROLES: ("역할", "roles"),
    Beside.AREA_OF_THE_CELL: ("조의 지역", "area of the cell"),
}
"""Korean, English."""
LEFT_OUT: Final = frozenset({Column.COUNTRY})
"""Numbers go out in the form that all the world understands."""
TITLES: Final[Mapping[SheetKind, tuple[str, str]]] = {
    SheetKind.HELPERS: ("조력자", "helpers"),
    SheetKind.LINES: ("전화", "lines"),
    SheetKind.CELLS: ("조", "cells"),
    SheetKind.LINKS: ("만남", "links"),
    SheetKind.PLANS: ("연락 계획", "plans"),
    SheetKind.ROUTES: ("경고 경로", "routes"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it goes out: the keys that JSON names its columns by, the heads a person reads, the rows."""

    kind: SheetKind
    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Korean or English."""

    language: str

    @property
    def place(self) -> int:
        return 0 if self.language == "ko" else 1

    def name(self, name: CodeName | None) -> str:
        if name is None:
            return ""
        return name.ko if self.language == "ko" else name.en

    def word(self, member: StrEnum | None) -> str:
        return "" if member is None else WORDS[member].split(",")[self.place].strip()

    def table(self, kind: SheetKind, rows: list[dict[Head, Cell]]) -> Table:
        """The columns of the template that are said here, in its order, then those beside it."""
        beside = tuple(Beside) if kind is SheetKind.HELPERS else ()
        left = LEFT_OUT | ({Column.PHONE} if kind is SheetKind.HELPERS else frozenset())
        columns: tuple[Head, ...] = (*(each for each in COLUMNS[kind] if each not in left), *beside)
        return Table(
            kind,
            TITLES[kind][self.place],
            tuple(str(each) for each in columns),
            tuple(HEADS[each][self.place] for each in columns),
            tuple(tuple(row.get(column, "") for column in columns) for row in rows),
        )


def wall(at: Instant, side: str) -> datetime:
    return instants.aware(at).astimezone(ZONES[side])


def day(at: Instant, side: str) -> str:
    return wall(at, side).strftime("%Y-%m-%d")


def hour(at: Instant, side: str) -> str:
    return wall(at, side).strftime("%H:%M")


def hours(from_minute: int, to_minute: int, side: str) -> tuple[str, str]:
    """From and to on the side's own clock, for minutes of the UTC day; both empty for all day."""
    if (from_minute, to_minute) == (0, 1440):
        return "", ""
    away = int(ZONES[side].utcoffset(None).total_seconds()) // 60
    first, last = (f"{(each + away) % 1440 // 60:02}:{(each + away) % 60:02}" for each in (from_minute, to_minute))
    return first, last


def lasting(duration_ms: int) -> str:
    """For instance 1 h 30 min."""
    whole, minutes = divmod(duration_ms // MINUTE_MS, HOUR_MS // MINUTE_MS)
    return " ".join([*([f"{whole} h"] if whole else []), *([f"{minutes} min"] if minutes or not whole else [])])


def when(first: Instant, last: Instant, side: str, *, imprecise: bool) -> tuple[str, str]:
    """The two cells of a link. What was one occasion somewhere in a span stays one: as its month, else its year."""
    start, end = wall(first, side), wall(last, side)
    if imprecise and start.date() != end.date():
        return (f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{end:%Y}"), ""
    if last - first <= HOUR_MS:  # an hour that is written is read as that hour
        return f"{start:%Y-%m-%d %H:%M}", ""
    if start.date() == (end - timedelta(milliseconds=1)).date():
        return f"{start:%Y-%m-%d}", ""
    return f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"
