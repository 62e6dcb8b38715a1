"""The board Now: what the desk must know this minute, in frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.apps.alerts.values import Called, Wants
from ojakgyo.apps.contact.agreements.calm import Calm
from ojakgyo.apps.contact.agreements.values import Short
from ojakgyo.apps.contact.outages.values import OutageLine
from ojakgyo.apps.contact.radio.values import Running
from ojakgyo.apps.contact.silences.values import SilenceLine
from ojakgyo.apps.contact.values import CheckinLine, CheckinState, Ears, QuietLine, Trouble
from ojakgyo.apps.home.shifts.values import Untaken
from ojakgyo.apps.network.lines.values import LinesDue
from ojakgyo.apps.watch.telling.values import First
from ojakgyo.apps.watch.values import Danger, MetList, WarningLine, WarningState
from ojakgyo.domain.facts import Absence
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, TokenId
from ojakgyo.domain.values.instants import Instant

LATE: Final = frozenset({CheckinState.LATE, CheckinState.MISSED})
FIRST_SILENCES: Final = 8
"""So many silences stand open; the others are folded, and all are counted."""
RED_BUDGET: Final = 5
"""So many rows carry the solid mark; the others stand below in ink, and all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A red that nobody has taken, for everyone on duty whose board shows no reason: no name, no reason, a sound."""

    since: Instant
    opens_to_all: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLine:
    """What a duty could not work up or do; it stays until an officer has it tried again, or leaves it."""

    number: int
    reader: str
    """The duty's name in the code."""
    seq: int
    code: str
    """Of the error registry."""
    since: Instant


class Shown(StrEnum):
    """Which rows of the board are shown; besides, those of one cell."""

    MINE = "mine"
    UNOWNED = "unowned"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Show:
    """A part of the board, as its address names it: `/now/?show=…`. `subjects`: who belongs to the cell that is shown."""

    what: Shown | CellId
    subjects: frozenset[int] = frozenset()

    @property
    def written(self) -> str:
        return str(self.what) if isinstance(self.what, Shown) else ids.text("c", self.what)

    def has(self, line: WarningLine) -> bool:
        match self.what:
            case Shown.MINE:
                return line.owner_is_me
            case Shown.UNOWNED:
                return line.owner is None
            case Shown.LATE:
                return line.state is WarningState.TOO_LATE
        return line.subject in self.subjects

    def has_silence(self, line: SilenceLine) -> bool:
        match self.what:
            case Shown.MINE:
                return line.mine
            case Shown.UNOWNED:
                return line.officer is None
            case Shown.LATE:
                return True
        return line.person in self.subjects

    def has_checkin(self, line: CheckinLine) -> bool:
        """Who owns what is no matter of check-ins: these show all of them."""
        match self.what:
            case Shown.MINE | Shown.UNOWNED:
                return True
            case Shown.LATE:
                return line.state in LATE
        return line.subject in self.subjects


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of the board that may be asked for. `code`: of a cell; `count`: rows in it now."""

    show: str
    count: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not done about a warning, said at its row. `act`: told or close, whose form opens again with what was chosen."""

    warning: int
    code: str
    act: str = ""
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class BackupOld:
    """For who manages: the newest backup is older than it may be. `days` None: none was ever written."""

    days: int | None


@dataclass(frozen=True, slots=True)
class Away:
    """From when to when the house did nothing; what fell due in between was done late. It hangs on clocks alone."""

    since: Instant
    until: Instant
    why: Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything Now shows. `warnings` come ranked: by danger, then deadline; the numbers follow from the rows."""

    seq: int
    warnings: tuple[WarningLine, ...]
    checkins: tuple[CheckinLine, ...]
    ears: Ears
    met: tuple[MetList, ...] = ()
    stuck: tuple[StuckLine, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    needed: Needed | None = None
    empty: bool = False
    """Nobody has been entered yet."""
    due_tonight: int = 0
    next_due: Instant | None = None
    cards_owed: int = 0
    """Helpers who wait for a new card."""
    lines_due: LinesDue | None = None
    """What runs out within a week, of the cells held."""
    to_sign: tuple[TokenId, ...] = ()
    """Requests to end a quarantine that want the hand of who is at the desk."""
    backup_old: BackupOld | None = None
    quiet: tuple[QuietLine, ...] = ()
    """Who said that nothing will be heard for a while, for who holds their cell."""
    short_groups: tuple[Short, ...] = ()
    """Groups that said they are fewer than was agreed, for who holds their cell."""
    clock_back: bool = False
    """The machine's clock is behind the house's."""
    away: Away | None = None
    """In the last half day."""
    shift_untaken: Untaken | None = None
    called: Called | None = None
    """The officer at the desk is called, for a silence or to try the open page."""
    waking: Wants | None = None
    """What about waking wants a look on a calm day."""
    show: Show | None = None
    """None: the whole board. The numbers are of the whole in any case."""
    cells: tuple[tuple[Choice, frozenset[int]], ...] = ()
    """The cells held by who is at the desk, and who of each stands on the board."""
    first: First | None = None
    """Whom to tell first, for who may see every reason."""
    refused: Refusal | None = None
    silences: tuple[SilenceLine, ...] = ()
    """Silences nobody has ended, but those of an area that is silent as a whole."""
    silent_areas: tuple[OutageLine, ...] = ()
    silence_refused: str | None = None
    """A code: what was not done about a silence."""
    calm: Calm | None = None
    """What is missing, where nobody must be warned."""
    radio: Running | None = None
    """The radio silence that is running."""

    @property
    def listed(self) -> tuple[WarningLine, ...]:
        """The rows of the part that is shown."""
        return tuple(line for line in self.warnings if self.show is None or self.show.has(line))

    @property
    def checkins_listed(self) -> tuple[CheckinLine, ...]:
        return tuple(line for line in self.checkins if self.show is None or self.show.has_checkin(line))

    @property
    def silences_listed(self) -> tuple[SilenceLine, ...]:
        return tuple(line for line in self.silences if self.show is None or self.show.has_silence(line))

    @property
    def first_silences(self) -> tuple[SilenceLine, ...]:
        """The gravest, and of them those that nobody looks after."""
        return self.silences_listed[:FIRST_SILENCES]

    @property
    def more_silences(self) -> tuple[SilenceLine, ...]:
        return self.silences_listed[FIRST_SILENCES:]

    @property
    def silences_unowned(self) -> int:
        return sum(line.officer is None for line in self.silences)

    @property
    def silences_grown(self) -> int:
        """Those that have lasted for a stage beyond their grace."""
        return sum(line.stage > 0 for line in self.silences)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What else the board may show; a cell with nobody on it is left out, unless it is what is shown."""
        owned = {what: sum(Show(what).has(line) for line in self.warnings) for what in Shown}
        for what in (Shown.MINE, Shown.UNOWNED):
            owned[what] += sum(Show(what).has_silence(line) for line in self.silences)
        owned[Shown.LATE] += len(self.late)
        parts = (Choice(str(what), count) for what, count in owned.items())
        now = self.show.written if self.show else None
        return (*parts, *(each for each, _ in self.cells if each.count or each.show == now))

    @property
    def refused_elsewhere(self) -> bool:
        """What was refused has no row here to say it at."""
        return self.refused is not None and self.refused.warning not in {line.id for line in self.listed}

    @property
    def sounds_since(self) -> Instant | None:
        """Since when the newest red asks for somebody, or this officer is called; while one does, the desk sounds."""
        needed = self.needed.since if self.needed else None
        red = max((since for line in self.warnings if (since := line.asks_since)), default=needed)
        return max((each for each in (red, self.called.since if self.called else None) if each), default=None)

    @property
    def groups(self) -> tuple[tuple[Danger, tuple[WarningLine, ...]], ...]:
        """Danger -> its rows that are shown; an empty group is absent."""
        found = ((danger, tuple(line for line in self.listed if line.danger is danger)) for danger in Danger)
        return tuple((danger, lines) for danger, lines in found if lines)

    @property
    def counts(self) -> dict[str, int]:
        return {danger: sum(line.danger is danger for line in self.warnings) for danger in Danger}

    @property
    def in_danger(self) -> int:
        """Those for whom something must be done before this time tomorrow."""
        return self.counts[Danger.NOW] + self.counts[Danger.TODAY]

    @property
    def for_information(self) -> int:
        """Warnings that ask nothing of anybody; they are in no other number."""
        return self.counts[Danger.INFO]

    @property
    def beyond_budget(self) -> int:
        return max(0, sum(line.danger is Danger.NOW for line in self.listed) - RED_BUDGET)

    @property
    def to_warn_now(self) -> tuple[WarningLine, ...]:
        return tuple(line for line in self.warnings if line.must_be_warned and line.danger is Danger.NOW)

    @property
    def to_warn_today(self) -> tuple[WarningLine, ...]:
        return tuple(line for line in self.warnings if line.must_be_warned and line.danger is Danger.TODAY)

    @property
    def first_deadline(self) -> Instant | None:
        return min((line.deadline for line in self.warnings if line.must_be_warned and line.deadline), default=None)

    @property
    def unowned(self) -> int:
        return sum(line.owner is None for line in self.to_warn_now)

    @property
    def late(self) -> tuple[CheckinLine, ...]:
        """Late and missed together, but for whom the area is silent as a whole."""
        return tuple(line for line in self.checkins if line.state in LATE and not line.area)

    @property
    def in_silent_areas(self) -> int:
        """Not heard either, and in no other number."""
        return sum(line.area for line in self.checkins)

    @property
    def missed(self) -> int:
        return sum(line.state is CheckinState.MISSED for line in self.late)

    @property
    def silent_longest_since(self) -> Instant | None:
        return min((line.silent_since for line in self.late if line.silent_since), default=None)
