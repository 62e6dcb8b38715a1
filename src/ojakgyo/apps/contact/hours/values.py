"""What the pictures of hours and their tables show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from ojakgyo.domain.checkins.hours import How
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.web import clocks


class BlankKind(StrEnum):
    """Why nothing can be said of a time."""

    DEAF = "deaf"
    CLOSED = "closed"
    """The house was not at work."""
    STILL = "still"
    """Radio silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A time of which silence says nothing. `ends` None: it goes on, nobody knows until when. `gateway` None: the spool."""

    kind: BlankKind
    begins: Instant
    ends: Instant | None
    channel: Channel | None = None
    gateway: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One window, and what became of it. `judged_from`: when silence is no longer only late."""

    opens: Instant
    closes: Instant
    judged_from: Instant
    how: How
    heard: Instant | None = None

    @property
    def whole_day(self) -> bool:
        """Its close needs a date."""
        return self.closes - self.opens >= DAY_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    person: PersonId
    code_name: CodeName
    cell: CellId
    windows: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Everybody with a window between two instants, of the cells held; whose opens first, stands first.

    `elsewhere`: windows of cells that are not held. `left`: people beyond what one page holds.
    """

    begins: Instant
    ends: Instant
    rows: tuple[Row, ...]
    blanks: tuple[Blank, ...]
    elsewhere: int
    left: int = 0

    def count(self, *hows: How) -> int:
        return sum(each.how in hows for row in self.rows for each in row.windows)

    @property
    def kept(self) -> int:
        return self.count(How.KEPT, How.KEPT_LATE)

    @property
    def late(self) -> int:
        return self.count(How.LATE)

    @property
    def missed(self) -> int:
        return self.count(How.MISSED, How.EXPLAINED)

    @property
    def to_come(self) -> int:
        return self.count(How.DUE, How.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellHours:
    """The windows of one cell."""

    cell: CellId
    code: str
    area: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The windows that opened in seven days, by what became of them. `begins`: a Monday at the desk."""

    begins: Instant
    windows: tuple[Told, ...]

    def count(self, *hows: How) -> int:
        return sum(each.how in hows for each in self.windows)

    @property
    def kept(self) -> int:
        return self.count(How.KEPT)

    @property
    def late(self) -> int:
        return self.count(How.KEPT_LATE)

    @property
    def missed(self) -> int:
        """Whether or not it is known why."""
        return self.count(How.MISSED, How.EXPLAINED)

    @property
    def explained(self) -> int:
        return self.count(How.EXPLAINED)

    @property
    def waiting(self) -> int:
        """Neither kept nor missed, so far."""
        return len(self.windows) - self.kept - self.late - self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Windows of one person that have opened since `begins`, by weeks; the newest first."""

    begins: Instant
    ends: Instant
    weeks: tuple[Week, ...]

    @property
    def kept(self) -> int:
        return sum(week.kept for week in self.weeks)

    @property
    def late(self) -> int:
        return sum(week.late for week in self.weeks)

    @property
    def missed(self) -> int:
        return sum(week.missed for week in self.weeks)

    @property
    def explained(self) -> int:
        return sum(week.explained for week in self.weeks)

    @property
    def by_day(self) -> tuple[tuple[Instant, How], ...]:
        """For each day on which one opened, what says most of it."""
        days: dict[date, tuple[Instant, How]] = {}
        for each in (told for week in self.weeks for told in week.windows):
            day = clocks.wall(each.opens).date()
            before = days.get(day, (each.opens, each.how))
            days[day] = min(before, (each.opens, each.how), key=lambda told: list(How).index(told[1]))
        return tuple(days.values())


def by_cell(rows: tuple[Row, ...]) -> Iterator[tuple[CellId, tuple[Row, ...]]]:
    for cell, own in groupby(sorted(rows, key=lambda row: row.cell), key=lambda row: row.cell):
        found = tuple(own)
        yield cell, tuple(sorted(found, key=lambda row: (row.windows[0].opens, row.code_name.en)))
