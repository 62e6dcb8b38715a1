"""Agreements as they are made and as they are shown. Frozen; a page asks no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ojakgyo.domain.checkins.patterns import Pattern
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.facts import Exposes, RouteKind, StandAside
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning.gaps import Gap
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

SEOUL_MINUTES: Final = 9 * 60
BEIJING_MINUTES: Final = 8 * 60
DAY_MINUTES: Final = 24 * 60
COMING: Final = 3
"""So many windows of a pattern are shown ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWindow:
    """One window, and after it none by itself."""

    opens: Instant
    length_ms: int
    grace_ms: int

    @property
    def closes(self) -> Instant:
        return Instant(self.opens + self.length_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoute:
    """A way to tell somebody outside the window. Hours are minutes of the UTC day; equal, or 0 to 1440: at any hour."""

    kind: RouteKind
    through: PersonId | None
    delay_ms: int
    exposes: Exposes
    from_minute: int = 0
    to_minute: int = DAY_MINUTES
    rehearsed: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNoticer:
    """Who would see that somebody is gone, and how soon the desk would hear."""

    noticer: PersonId
    delay_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAside:
    """What somebody does when told of danger, how they confirm it, and how many they look after."""

    aside: StandAside
    confirms: RouteKind | None = None
    adults: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """An agreed route as it is shown. `number`: its row. Hours: minutes of the day in UTC; None: at any hour."""

    number: int
    kind: RouteKind
    through: CodeName | None
    delay_ms: int
    exposes: Exposes
    hours: tuple[int, int] | None
    rehearsed: Instant | None

    @property
    def seoul(self) -> tuple[str, str] | None:
        """From and to as a clock in Seoul shows them."""
        return self._clocks(SEOUL_MINUTES)

    @property
    def beijing(self) -> tuple[str, str] | None:
        return self._clocks(BEIJING_MINUTES)

    def _clocks(self, ahead: int) -> tuple[str, str] | None:
        if self.hours is None:
            return None
        first, last = ((minute + ahead) % DAY_MINUTES for minute in self.hours)
        return f"{first // 60:02}:{first % 60:02}", f"{last // 60:02}:{last % 60:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticerLine:
    code_name: CodeName
    delay_ms: int

    @property
    def hours(self) -> int:
        return self.delay_ms // HOUR_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A group that said it is fewer than was agreed."""

    person: PersonId
    code_name: CodeName
    heads: int
    count: int
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """All that is agreed with one person. `window`: the next that is not over. `quiet`: they said that nothing will be heard
    until then; meanwhile nothing is missing.
    """

    window: Window | None = None
    plan: Plan | Pattern | None = None
    routes: tuple[RouteLine, ...] = ()
    noticer: NoticerLine | None = None
    aside: NewAside | None = None
    gaps: tuple[Gap, ...] = ()
    quiet: Instant | None = None

    @property
    def coming(self) -> tuple[Instant, ...]:
        """When the next windows of a pattern open: what is written there is no calendar that anybody reads."""
        if self.window is None or not isinstance(self.plan, Pattern):
            return ()
        return tuple(islice(self.plan.openings(Instant(self.window.opens - 1)), COMING))

    @property
    def written(self) -> str | None:
        """A pattern without where it is counted from: that moves on with each window."""
        return self.plan.rule.rpartition("RRULE:")[2] if isinstance(self.plan, Pattern) else None

    @property
    def plan_minutes(self) -> int | None:
        return None if self.plan is None else self.plan.length_ms // MINUTE_MS

    @property
    def plan_grace_hours(self) -> int | None:
        return None if self.plan is None else self.plan.grace_ms // HOUR_MS


Agreements = Mapping[int, Agreed]
