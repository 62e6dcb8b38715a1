"""A line as its page shows it. Of calls and texts the times alone: they say the same for every meaning."""

from dataclasses import dataclass
from enum import StrEnum

from ojakgyo.apps.calls.values import Answer
from ojakgyo.apps.network.lines.values import Held
from ojakgyo.apps.network.models import LineKind
from ojakgyo.domain.checkins.lines import Charge
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.facts import LineState, RouteKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, LineId, PersonId
from ojakgyo.domain.values.instants import Instant


class NotOver(StrEnum):
    """Why nothing goes over a line now."""

    BURNT = "burnt"
    SEIZED = "seized"
    QUIET = "quiet"
    RAN_OUT = "ran_out"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOver:
    """A warning that goes over a line: to its holder, or through them to `warns`. `warns` None: of another cell."""

    kind: RouteKind
    warns: CodeName | None
    person: PersonId | None
    own: bool
    delay_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """`since` None: nobody wrote it down. `sharers` and `others`: who speaks through it too, of cells held and not held."""

    line: LineId
    kind: LineKind
    state: LineState
    may_become: tuple[LineState, ...]
    holder: PersonId
    code_name: CodeName
    cell: str
    cell_id: CellId
    forgotten: bool
    since: Instant | None
    before: tuple[Held, ...]
    charge: Charge | None
    expires_soon: bool
    topped_up_soon: bool
    sharers: tuple[tuple[PersonId, CodeName], ...]
    others: int
    calls: tuple[Instant, ...]
    texts: tuple[Instant, ...]
    windows: tuple[Window, ...]
    routes: tuple[RouteOver, ...]
    may_remove: bool
    """Nothing refers to it: it may have been mistyped."""
    nth: int | None
    """Which of its holder's lines of this kind, where they have several."""
    struck: NotOver | None
    """Why the warnings that go over it do not go now."""
    may_call: Answer | None
    """What the desk says of calling its holder; None: no phone in use."""
