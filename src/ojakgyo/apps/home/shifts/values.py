"""The page of a shift and the night sheet, in frozen values."""

from dataclasses import dataclass, field

from ojakgyo.apps.contact.outages.values import OutageLine
from ojakgyo.apps.contact.radio.values import Running
from ojakgyo.apps.contact.silences.values import SilenceLine
from ojakgyo.apps.contact.values import QuietLine
from ojakgyo.apps.vault.values import Officer, RequestLine
from ojakgyo.domain.briefs import ItemKind
from ojakgyo.domain.facts import Answer, CallReason, CloseReason, RouteKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import OfficerId, PersonId, Seq, TokenId, WarningId
from ojakgyo.domain.values.instants import DAY_MS, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTold:
    """What was done about a warning. Route, answer and reason only for who may see why the warning stands."""

    kind: ItemKind
    at: Instant
    by: CodeName | None = None
    route: RouteKind | None = None
    answer: Answer | None = None
    reason: CloseReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningTold:
    """One warning: what was done about it in this shift, and whether it stands."""

    id: WarningId
    code_name: CodeName | None
    events: tuple[EventTold, ...]
    stands: bool
    deadline: Instant | None
    owner: CodeName | None = None
    """As it is now; None where nobody has it, or where it does not stand."""


@dataclass(frozen=True, slots=True)
class WindowTold:
    """A window, or (`until` None) the moment when it was given up. `code_name` None: removed since."""

    person: PersonId
    code_name: CodeName | None
    at: Instant
    until: Instant | None

    @property
    def whole_day(self) -> bool:
        return self.until is not None and self.until - self.at >= DAY_MS


@dataclass(frozen=True, slots=True)
class SilentTold:
    """Nothing is heard of somebody, since when, and who looks after it. `code_name` None: removed since."""

    person: PersonId
    code_name: CodeName | None
    stage: int
    since: Instant
    by: CodeName | None


@dataclass(frozen=True, slots=True)
class AreaTold:
    """An area that is silent as a whole."""

    code: str
    since: Instant


@dataclass(frozen=True, slots=True)
class OverriddenTold:
    """Somebody was called although the desk said no. `by`, `reason` None: an officer nobody knows any more, a fact gone."""

    person: PersonId
    code_name: CodeName | None
    at: Instant
    by: CodeName | None
    reason: CallReason | None


@dataclass(frozen=True, slots=True)
class MessagesTold:
    code: str
    count: int
    last: Instant


@dataclass(frozen=True, slots=True)
class CardTold:
    person: PersonId
    code_name: CodeName | None
    since: Instant


@dataclass(frozen=True, slots=True)
class StuckTold:
    code: str
    seq: Seq
    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTold:
    """A brief as the one at the desk may see it. `since` None: no shift had been handed over before."""

    since: Instant | None
    made: Instant
    upto: Seq
    warnings: tuple[WarningTold, ...] = ()
    missed: tuple[WindowTold, ...] = ()
    late: tuple[WindowTold, ...] = ()
    due: tuple[WindowTold, ...] = ()
    silent: tuple[SilentTold, ...] = ()
    areas: tuple[AreaTold, ...] = ()
    overridden: tuple[OverriddenTold, ...] = ()
    still_until: Instant | None = None
    """A radio silence was running, until then at the latest."""
    messages: tuple[MessagesTold, ...] = ()
    cards: tuple[CardTold, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    stuck: tuple[StuckTold, ...] = ()
    backup_old: bool = False
    backup_taken: Instant | None = None

    @property
    def standing(self) -> tuple[WarningTold, ...]:
        return tuple(each for each in self.warnings if each.stands)

    @property
    def over(self) -> tuple[WarningTold, ...]:
        return tuple(each for each in self.warnings if not each.stands)

    @property
    def house(self) -> bool:
        """Whether anything of the house itself waits."""
        return bool(self.messages or self.cards or self.requests or self.stuck or self.backup_old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A shift that was handed over. `holds`: whether its hands stand under exactly what is shown.

    `line` None: it is not for the one at the desk, or it is gone (`line_gone`).
    `may_replace`: whether the one at the desk may hand over anew while it waits.
    """

    id: TokenId
    by: CodeName
    to: CodeName
    at: Instant
    holds: bool
    mine: bool
    for_me: bool
    may_replace: bool
    taken_by: CodeName | None = None
    taken: Instant | None = None
    line: str | None = field(default=None, repr=False)
    line_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPage:
    """`waits`: a shift that nobody has taken, whose brief is then the one that is shown; else the brief is of now.

    `seen`: what a hand-over must have been read as. `line` and `to` are what was typed.
    """

    brief: BriefTold
    waits: Handed | None
    last: Handed | None
    others: tuple[Officer, ...]
    seen: str
    line: str = field(default="", repr=False)
    to: OfficerId | None = None
    wrong: str | None = None
    radio: Running | None = None
    """The radio silence that is running now."""
    radio_refused: str | None = None
    quiet: tuple[QuietLine, ...] = ()
    """As it is now, for who holds the cells: no part of what is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """For Now: a shift was handed over and nobody has taken it. `late`: for more than half an hour."""

    by: CodeName
    to: CodeName
    since: Instant
    late: bool


@dataclass(frozen=True, slots=True)
class NightLine:
    """A window of this night, and by which kinds of ways the person is told of danger."""

    code_name: CodeName
    opens: Instant
    closes: Instant
    routes: tuple[RouteKind, ...]

    @property
    def whole_day(self) -> bool:
        return self.closes - self.opens >= DAY_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSheet:
    """One printed page. `more`, `more_silent`: windows and silences for which it has no room."""

    until: Instant
    lines: tuple[NightLine, ...]
    more: int
    silent: tuple[SilenceLine, ...]
    more_silent: int
    areas: tuple[OutageLine, ...]
    radio: Running | None
    duty: tuple[CodeName, ...]
    openers: tuple[CodeName, ...]
