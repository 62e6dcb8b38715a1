"""What to do first, as it is shown: only to whoever may see every reason it rests on."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.exposure.estimates import Estimate
from ojakgyo.domain.facts import RouteKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import WarningId
from ojakgyo.domain.values.instants import Instant

AT_A_GLANCE: Final = 3
"""So many calls stand on the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One call. `route` None: in the window. `delay_ms` of a route: from the call to the ear."""

    warning: WarningId
    code_name: CodeName
    route: RouteKind | None
    through: CodeName | None
    delay_ms: int | None
    begins: Instant
    told: Instant
    deadline: Instant
    saved: float
    """People, beyond what the calls before it save."""
    missed: float
    """The chance that the danger is there first, if it comes from now on."""
    caller: int
    at_once: bool

    @property
    def in_time(self) -> bool:
        return self.told <= self.deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLate:
    """Whom the danger most likely reaches before any word, and those behind; `unnamed`: so many more, of cells not held."""

    warning: WarningId
    code_name: CodeName
    missed: float
    behind: tuple[CodeName, ...]
    unnamed: int
    no_way: bool
    """Nobody can tell them at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The plan. `nothing`, `after`, `saved`: people, drawn anew with luck the plan does not know."""

    calls: tuple[Told, ...]
    too_late: tuple[TooLate, ...]
    waiting: tuple[CodeName, ...]
    nothing: Estimate
    after: Estimate
    saved: Estimate
    needless: float
    """How many are expected to be told whom the danger would never have reached."""
    callers: int
    call_minutes: int

    @property
    def next_calls(self) -> tuple[Told, ...]:
        return self.calls[:AT_A_GLANCE]

    @property
    def more(self) -> int:
        return max(0, len(self.calls) - AT_A_GLANCE)
