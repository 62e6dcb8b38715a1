"""What the page of rings shows: who would be reached, and by when, if one person were taken now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.apps.watch.values import ConfirmedLine, Way
from ojakgyo.domain.exposure.planned import PlannedAct
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

RISKS: Final = (2, 5, 10, 20)
"""Percents: the chance of being too late that the desk may choose to bear on this page."""
RISK: Final = 5
MINUS: Final = "\u2212"


class Ring(StrEnum):
    """When the danger would arrive, at the chosen risk."""

    HOURS = "hours"
    """Within six."""
    DAY = "day"
    DAYS = "days"
    """Within three."""
    LATER = "later"
    """Later than that, or less often than the chosen risk."""


UP_TO_HOURS: Final[Mapping[Ring, float]] = {Ring.HOURS: 6.0, Ring.DAY: 24.0, Ring.DAYS: 72.0}


def ring_of(hours: float) -> Ring:
    return next((ring for ring, end in UP_TO_HOURS.items() if hours <= end), Ring.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Somebody the danger would reach. `code_name` None: the way there leads through a cell that is not held.

    person : None for an officer. chance : within 72 hours. deadline : None beyond a week, or where the chance stays below
    the risk. link : how they know each other, where nobody stands between. through : who stands between.
    way : the fastest to tell them, for who holds their cell. known : whether their cell is held.
    """

    ring: Ring
    chance: float
    code_name: CodeName | None = None
    person: PersonId | None = None
    cell: str | None = None
    deadline: Instant | None = None
    link: LinkKind | None = None
    through: tuple[CodeName, ...] = ()
    way: Way | None = None
    known: bool = False
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean, and how far it may be off in nineteen cases out of twenty."""

    mean: float
    off: float

    @property
    def said(self) -> str:
        return f"{self.mean:.2f}"

    @property
    def signed(self) -> str:
        rounded = f"{self.mean:+.2f}".replace("-", MINUS)
        return "0" if float(f"{self.mean:.2f}") == 0.0 else rounded

    @property
    def within(self) -> str:
        return f"{self.off:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One of the two, before and after. `nearer`: who newly stands on the rings or on an earlier one; `unnamed`: so many
    more of cells that are not held.
    """

    person: PersonId
    code_name: CodeName
    before: Figure
    after: Figure
    more: Figure
    nearer: tuple[tuple[CodeName, Ring], ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A planned act, worked out and kept nowhere. `when`: None is today."""

    act: PlannedAct
    other: CodeName
    when: Instant | None
    both: tuple[Compared, Compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class RingsPage:
    """`reached`: by deadline, then by chance, at most `SHAPES`; `more` others are left out, each below the chance `least`."""

    person: PersonId
    code_name: CodeName
    cell: str
    risk: int
    others: Figure
    reached: tuple[Reached, ...]
    more: int
    least: float
    confirmed: tuple[ConfirmedLine, ...] = ()

    @property
    def named(self) -> tuple[Reached, ...]:
        return tuple(each for each in self.reached if each.code_name is not None)

    @property
    def unnamed(self) -> int:
        return len(self.reached) - len(self.named)

    @property
    def counts(self) -> tuple[tuple[Ring, int], ...]:
        """Of every ring, from the inside."""
        return tuple((ring, sum(each.ring is ring for each in self.reached)) for ring in Ring)
