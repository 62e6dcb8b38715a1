"""Waking as the pages show it: ways, turns of the rota, gaps. No address is in any of them."""

from dataclasses import dataclass, field

from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.waking import Span, is_untried, keeps_still


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One way to wake an officer. `quiet_from`, `quiet_to`: minutes of the UTC day, the same twice for none."""

    way: WayKind
    quiet_from: int = 0
    quiet_to: int = 0
    tested: Instant | None = None
    answered: Instant | None = None

    @property
    def has_quiet_hours(self) -> bool:
        return self.quiet_from != self.quiet_to

    @property
    def waits(self) -> bool:
        """A test has been sent that nobody has answered."""
        return self.tested is not None and (self.answered is None or self.answered < self.tested)

    def is_still(self, now: Instant) -> bool:
        return keeps_still(now, self.quiet_from, self.quiet_to)

    def is_untried(self, now: Instant) -> bool:
        return is_untried(self.answered, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who has the call, from when to when. `number`: of its row."""

    number: int
    officer: OfficerId
    code_name: CodeName
    opens: Instant
    closes: Instant
    mine: bool = False

    @property
    def span(self) -> Span:
        return Span(self.opens, self.closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaLine:
    """A turn, or a gap: nobody is on call."""

    opens: Instant
    closes: Instant
    turn: Turn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Who is on call now, who comes next, and the days ahead. `after`: a gap that follows what stands now."""

    now: tuple[Turn, ...]
    following: Turn | None
    lines: tuple[RotaLine, ...]
    gaps: tuple[Span, ...]
    ahead: Instant
    """How far `gaps` looks."""
    begun: bool = False
    """There has been a turn, though it may be over: since then a time without one is a gap."""

    @property
    def until(self) -> Instant | None:
        """Until when somebody is on call without a gap; None while nobody is."""
        if not self.now:
            return None
        return self.gaps[0].opens if self.gaps else self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWay:
    """A way of the officer at the desk, with its quiet hours by the clock in Seoul, and what came of the last test."""

    line: WayLine
    untried: bool
    quiet_from: str = ""
    quiet_to: str = ""
    sent: bool = False
    failed: bool = False
    may_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wakeable:
    """Whether somebody can be woken. `answered`: when one of the ways outside last woke them."""

    officer: OfficerId
    code_name: CodeName
    ways: tuple[WayKind, ...]
    answered: Instant | None
    untried: bool
    wanted: bool
    """A safety officer, or somebody on the rota: it is a gap if they cannot be woken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """The officer at the desk is called, since when; `test`: only to try whether the open page wakes."""

    since: Instant
    test: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What about waking wants a look, on a calm day. `gap`: nobody is on call, within a day."""

    gap: Span | None = None
    unreachable: bool = False
    untried: bool = False

    def __bool__(self) -> bool:
        return self.gap is not None or self.unreachable or self.untried


@dataclass(frozen=True, slots=True, kw_only=True)
class WakePage:
    """Everything /wake/ shows."""

    rota: Rota
    ways: tuple[OwnWay, ...]
    team: tuple[Wakeable, ...]
    called: Called | None
    wants: Wants
    all_ways: tuple[WayKind, ...]
    may_manage: bool
    others: tuple[tuple[OfficerId, CodeName], ...]
    me: OfficerId
    apprise_here: bool
    now: Instant
    wrong: str | None = None
    wrong_at: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    secret: str = field(default="", repr=False)
    """The key of a webhook kept just now: shown this once."""
