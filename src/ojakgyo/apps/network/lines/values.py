"""Lines as they are shown; never a number."""

from dataclasses import dataclass

from ojakgyo.apps.network.models import LineKind
from ojakgyo.domain.checkins.lines import Charge
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import LineId, PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class LineListed:
    """One line in a list, with its holder."""

    line: LineId
    kind: LineKind
    person: PersonId
    code_name: CodeName
    cell: str
    state: LineState
    charge: Charge | None
    nth: int | None = None
    """Which of its holder's lines of this kind; None: they have one."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who had a line before. `code_name` None: somebody whose cell is not held. `since` None: nobody wrote it down."""

    code_name: CodeName | None
    since: Instant | None
    until: Instant


@dataclass(frozen=True, slots=True)
class LinesDue:
    """How many phones run out within a week, or have; and how many more are to be topped up."""

    expire: int = 0
    top_up: int = 0

    def __bool__(self) -> bool:
        return bool(self.expire or self.top_up)
