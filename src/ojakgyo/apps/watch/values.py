"""What the desk shows about warnings. The reason is absent, not blurred, for who may not see it (`may_see_reason`)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.apps.contact.values import Window
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.domain.facts import (
    Answer,
    CloseReason,
    Credibility,
    LinkKind,
    Meaning,
    ReadingResult,
    Reliability,
    ReportKind,
    RouteKind,
)
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import PersonId, Seq, TokenId, WarningId
from ojakgyo.domain.values.instants import Instant


class Danger(StrEnum):
    """Now: act within six hours. Today: before the day ends. Info: nobody needs to act."""

    NOW = "now"
    TODAY = "today"
    INFO = "info"


class Sign(StrEnum):
    """What speaks about the seed of a path, in the order in which it is said."""

    SILENT = "silent"
    CAPTURED = "captured"
    """An officer said so, and a quarantine began."""
    DURESS = "duress"
    DANGER_CODE = "danger_code"
    USED_TWICE = "used_twice"
    ENDED_CARD = "ended_card"
    """A row of a card that is in use no more."""
    REPORT = "report"
    REMOVED = "removed"
    """Two officers removed one of theirs."""


class NodeKind(StrEnum):
    PERSON = "person"
    OFFICER = "officer"
    LINE = "line"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A node of the strongest path, and how the node before leads to it."""

    node: NodeKind
    code_name: CodeName | None
    """A person's or an officer's own, a line's holder; None for a place, which has no name on screen."""
    chance: float
    """That the danger has reached it: the seed by now, the others within a day."""
    link: LinkKind | None = None
    """None for the seed."""
    on: Instant | None = None
    """The newest time of the link."""
    times: int = 1
    imprecise: bool = False
    """Some day up to `on`."""
    last_seen: Instant | None = None
    """Of a line or a person: the last sign of life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    seed: CodeName
    signs: tuple[Sign, ...]
    path: tuple[Step, ...]
    """From the seed to the subject, both included."""
    silent_ms: int | None = None
    other_paths: int = 0

    @property
    def tail(self) -> tuple[tuple[Step, bool], ...]:
        """What fits on one line: the whole path up to three nodes, else its last two.

        Each step with whether its link must be said: between two people, where no node in between shows it.
        """
        steps = self.path if len(self.path) <= 3 else self.path[-2:]
        before = (None, *steps[:-1])
        return tuple(
            (step, last is not None and {last.node, step.node} <= {NodeKind.PERSON, NodeKind.OFFICER})
            for last, step in zip(before, steps, strict=True)
        )

    @property
    def from_seed(self) -> bool:
        return len(self.tail) == len(self.path)


class Call(StrEnum):
    """Is there a window to call in? Unknown: none within 72 hours. No: they were captured. What else holds a call back is
    said by the page that makes it.
    """

    YES = "yes"
    NO = "no"
    WAIT = "wait"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to tell the subject, and whether it is in time. `route` None: a direct call in the window."""

    route: RouteKind | None
    through: CodeName | None = None
    delay_ms: int | None = None
    arrives: Instant | None = None
    in_time: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    call: Call
    window: Window | None = None
    """The present window, else the next."""
    ways: tuple[Way, ...] = ()
    """Fastest first."""
    refused: tuple[CodeName, ...] = ()
    """Who would carry the words, and is in danger too."""

    @property
    def fastest(self) -> Way | None:
        return next(iter(self.ways), None)

    @property
    def numbered(self) -> tuple[tuple[int, RouteKind | None, Way | None], ...]:
        """1 to 4, always the same: spoken in the window, then each kind of route, with the way that is agreed of it."""
        agreed = {way.route: way for way in reversed(self.ways)}
        return tuple((place, kind, agreed.get(kind)) for place, kind in enumerate((None, *RouteKind), 1))


class SignalSort(StrEnum):
    PRIOR = "prior"
    READING = "reading"
    CHALLENGE = "challenge"
    QUESTION = "question"
    REPORT = "report"
    MISSED_WINDOW = "missed_window"
    REMOVAL = "removal"
    CUSTODY = "custody"


LIGHT_DB: Final = 0.5
"""A signal that moves the belief by less stands in no row of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLine:
    """One piece of evidence: a sentence, its grade and time, and how far it moves the belief.

    start_db, change_db : decibans; the bar runs from `start_db` to `start_db + change_db`. The prior starts at itself.
    """

    sort: SignalSort
    start_db: float
    change_db: float
    at: Instant | None = None
    result: ReadingResult | None = None
    meaning: Meaning | None = None
    report: ReportKind | None = None
    source: CodeName | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    percent: int | None = None
    """What two officers said, of a removal."""

    @property
    def weighs(self) -> bool:
        return self.sort is SignalSort.PRIOR or abs(self.change_db) >= LIGHT_DB


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Present only for role safety holding the key of the subject's cell, or by the ten-minute rule."""

    why: Why
    reach: Reach
    cell: str | None = None
    too_late_for: CodeName | None = None
    """Nothing reaches the subject any more: protect those behind."""
    taken_away: SignalLine | None = None
    """The newest sign that the subject was taken: a report, or that an officer said they were captured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Which acts the viewer may do now. Without a reason only take, take over and acknowledge are ever true."""

    may_take_over: bool = False
    may_acknowledge: bool = False
    may_tell: bool = False
    may_close: bool = False
    needs_two: bool = False
    """A sign of duress stands: closing is refused until two sign, one of them safety. Only for who may ask for it."""
    newest: Seq | None = None
    """Number of the newest sign that is shown; what is heard later is closed by none of these acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLine:
    """One row of the board."""

    id: WarningId
    subject: int
    code_name: CodeName
    danger: Danger
    deadline: Instant | None
    state: WarningState
    seq: Seq
    shown: bool = False
    """The whole row went to everyone on duty."""
    letter: str = "p"
    owner: CodeName | None = None
    owner_is_me: bool = False
    may_take: bool = False
    asks_since: Instant | None = None
    """Red, and nobody has it in hand: since when it asks."""
    acts: Forms = Forms()
    sent: bool = False
    """A word is on its way, and nobody has confirmed it."""
    windows: tuple[Window, ...] = ()
    reason: Reason | None = None

    @property
    def asks_again(self) -> bool:
        """Somebody owns it, the deadline has passed, and nothing was recorded."""
        return self.asks_since is not None and self.owner is not None

    @property
    def must_be_warned(self) -> bool:
        return self.danger is not Danger.INFO and self.state in {
            WarningState.OPEN,
            WarningState.OWNED,
            WarningState.UNREACHABLE,
        }

    @property
    def windows_in_time(self) -> tuple[Window, ...]:
        return tuple(each for each in self.windows if self.deadline is None or each.opens < self.deadline)


class ConfirmedKind(StrEnum):
    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One code that confirms something. `own`: by whom it is about. `pocket`: the number that was said."""

    by: CodeName
    at: Instant
    own: bool
    pocket: int | None

    @property
    def number(self) -> str | None:
        return None if self.pocket is None else f"{self.pocket:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedLine:
    """What right codes confirmed. `about`: who was handed over or arrived; None: no number was said, or one nobody has.

    `sayings`: one of each who said it, oldest first. `amount`: as it was said, of what was received; None: none was.
    """

    kind: ConfirmedKind
    at: Instant
    about: CodeName | None
    sayings: tuple[Saying, ...]
    amount: int | None = None

    @property
    def times(self) -> int:
        return len(self.sayings)


class Standing(StrEnum):
    """How it stands with somebody on the list of those met."""

    DUE = "due"
    WARNED = "warned"
    UNREACHABLE = "unreachable"
    TOO_LATE = "too_late"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetLine:
    code_name: CodeName
    link: LinkKind
    on: Instant
    standing: Standing
    times: int = 1
    danger: Danger = Danger.INFO
    at: Instant | None = None
    """Due: the deadline. Warned: when."""
    imprecise: bool = False
    """Some day up to `on`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetList:
    """Everyone the seed met in 30 days: a list that trusts no model."""

    seed: CodeName
    lines: tuple[MetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The waterfall about the seed; `chance` is what it comes to."""

    about: CodeName
    lines: tuple[SignalLine, ...]
    total_db: float
    chance: float
    officer: bool = False
    """It speaks of what an officer knew, not of a person who may be taken."""

    @property
    def weighty(self) -> tuple[SignalLine, ...]:
        """The prior, and what moves the belief; each has a row of its own."""
        return tuple(line for line in self.lines if line.weighs)

    @property
    def light(self) -> tuple[SignalLine, ...]:
        """What hardly moves it, such as last month's check-ins; these share one row."""
        return tuple(line for line in self.lines if not line.weighs)

    @property
    def light_db(self) -> float:
        return sum(line.change_db for line in self.light)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    at: Instant
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IfNothing:
    """What follows when nobody acts. `behind`: whom the danger reaches next, through the subject."""

    at_deadline: float
    in_24h: float
    in_72h: float
    curve: tuple[CurvePoint, ...]
    """From now on for 24 hours."""
    behind: tuple[CodeName, ...] = ()


class TimelineKind(StrEnum):
    RAISED = "raised"
    DEADLINE_MOVED = "deadline_moved"
    TURNED_RED = "turned_red"
    TOO_LATE = "too_late"
    REOPENED = "reopened"
    TAKEN = "taken"
    TOLD = "told"
    CLOSED = "closed"
    ROW_SHOWN = "row_shown"
    LAPSED = "lapsed"
    WOKEN = "woken"
    ACKNOWLEDGED = "acknowledged"
    READING_HEARD = "reading_heard"
    ANSWER_HEARD = "answer_heard"
    """By voice: to a line of the card that was asked for, or to a private question."""
    REPORT_HEARD = "report_heard"
    WINDOW_MISSED = "window_missed"
    OFFICER_REMOVED = "officer_removed"
    CARD_CAPTURED = "card_captured"
    QUARANTINE_BEGUN = "quarantine_begun"
    QUARANTINE_ENDED = "quarantine_ended"
    HEARD = "heard"
    ELSEWHERE = "elsewhere"
    """Only as a cause: a sign about somebody who is not on the path."""
    WAYS_CHANGED = "ways_changed"
    """Only as a cause: a link or a phone was recorded, or a link forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """What was seen or done. `by` None: the house. Which other fields are set depends on `kind`."""

    kind: TimelineKind
    at: Instant
    by: CodeName | None = None
    person: CodeName | None = None
    """Whom a reading, a report, a window or a removal is about; who was woken."""
    before: Instant | None = None
    deadline: Instant | None = None
    because: TimelineKind | None = None
    """What moved the deadline or raised the warning."""
    because_of: CodeName | None = None
    """Whom that was about, unless it was about the one from whom the danger comes."""
    former: CodeName | None = None
    """From whom an officer took the warning over."""
    route: RouteKind | None = None
    answer: Answer | None = None
    reason: CloseReason | None = None
    report: ReportKind | None = None
    result: ReadingResult | None = None
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What last came of telling the subject; `by`: who recorded it."""

    at: Instant
    by: CodeName | None
    answer: Answer
    route: RouteKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """An open request to close a warning, for who may see why the warning stands."""

    request: TokenId
    hands: tuple[CodeName, ...]
    until: Instant
    signed: bool
    """The one at the desk has."""
    mine: bool
    complete: bool
    young: bool
    """The one at the desk may be the same person as who asked."""
    asked: Instant
    seen: Seq
    """Number of the newest sign when it was asked; it closes none that is newer."""
    overtaken: bool
    """A newer one stands: these hands close nothing."""
    reason: CloseReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPage:
    """One warning. Without a reason told, evidence, own, nothing, met, timeline and confirmed are None or empty too."""

    line: WarningLine
    forms: Forms = Forms()
    told: Told | None = None
    closing: Closing | None = None
    """What two officers are about to do."""
    opens_to_all: Instant | None = None
    """When the whole row goes to whoever is on duty."""
    evidence: Evidence | None = None
    own: Evidence | None = None
    """What speaks for it that the subject has been taken already."""
    nothing: IfNothing | None = None
    met: MetList | None = None
    timeline: tuple[TimelineLine, ...] = ()
    confirmed: tuple[ConfirmedLine, ...] = ()
    """What right codes confirmed about the subject and whoever the danger comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What somebody saw, source and information graded apart; from `expires` on it weighs nothing."""

    person: PersonId
    code_name: CodeName
    report: ReportKind
    reliability: Reliability
    credibility: Credibility
    source: CodeName | None
    by: CodeName | None
    """The officer who wrote it down."""
    heard: Instant
    expires: Instant
