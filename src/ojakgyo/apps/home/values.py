"""The board Now: what the desk must know this minute, in frozen values."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.contact.values import CheckinLine, CheckinState, Ears, Trouble
from ojakgyo.apps.watch.values import Danger, MetList, WarningLine
from ojakgyo.domain.values.instants import Instant

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


@dataclass(frozen=True, slots=True)
class BackupOld:
    """For who manages: the newest backup is older than it may be. `days` None: none was ever written."""

    days: int | None


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
    backup_old: BackupOld | None = None

    @property
    def groups(self) -> tuple[tuple[Danger, tuple[WarningLine, ...]], ...]:
        """Danger -> its rows; an empty group is absent."""
        found = ((danger, tuple(line for line in self.warnings if line.danger is danger)) for danger in Danger)
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
        return max(0, self.counts[Danger.NOW] - RED_BUDGET)

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
        """Late and missed together."""
        return tuple(line for line in self.checkins if line.state in {CheckinState.LATE, CheckinState.MISSED})

    @property
    def missed(self) -> int:
        return sum(line.state is CheckinState.MISSED for line in self.checkins)

    @property
    def silent_longest_since(self) -> Instant | None:
        return min((line.silent_since for line in self.late if line.silent_since), default=None)
