"""What the vault tells the rest of the house: officers and cells as values, never as rows."""

from dataclasses import dataclass

from ojakgyo.apps.vault.models.cells import Side
from ojakgyo.apps.vault.models.officers import OfficerState
from ojakgyo.apps.vault.models.requests import RequestState
from ojakgyo.apps.vault.models.tokens import Scope
from ojakgyo.domain.facts import CloseReason, ExportFormat, RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId, Seq, TokenId
from ojakgyo.domain.values.instants import HOUR_MS, Instant
from ojakgyo.domain.values.roles import OfficerRole

__all__ = [
    "CellLine",
    "CellListed",
    "CellMember",
    "CellPage",
    "HandLine",
    "Officer",
    "OfficerLine",
    "OfficerPage",
    "OfficerState",
    "Overview",
    "RequestLine",
    "RequestState",
    "Scope",
    "Side",
    "SignedIn",
]

REVIEW_MS = 24 * HOUR_MS
"""Stopping takes one officer, and is looked at by another within so long."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A user of the desk."""

    id: OfficerId
    code_name: CodeName
    roles: tuple[OfficerRole, ...]
    """In the order of the list of roles."""
    state: OfficerState = OfficerState.ACTIVE


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the desk. `keys`: whether the cells can be opened now, or the keys have been put down."""

    id: OfficerId
    code_name: CodeName
    roles: tuple[OfficerRole, ...]
    cells_held: int
    cells_total: int
    keys: bool


@dataclass(frozen=True, slots=True)
class CellLine:
    """A compartment: a group and its key."""

    id: CellId
    side: Side
    number: int
    area: AreaId
    epoch: int

    @property
    def code(self) -> str:
        """For instance N-2, the same in every language."""
        return f"{self.side}-{self.number}"


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer in the list. `since`: of the state; `cells`: how many open to them."""

    officer: Officer
    since: Instant
    cells: int

    @property
    def review_by(self) -> Instant:
        return Instant(self.since + REVIEW_MS)


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """An officer's own page. `lost`: cells to be granted again since their keys were renewed.

    `kept`: the code of why this officer cannot be removed; None where two may.
    """

    line: OfficerLine
    enrolled_by: CodeName
    held: tuple[CellLine, ...]
    lost: tuple[CellLine, ...]
    has_slot: bool
    has_factor: bool
    kept: str | None
    last_safety: bool
    request: TokenId | None
    knows_root: bool
    """Has had a way in of their own under the ROOT of now."""

    @property
    def officer(self) -> Officer:
        return self.line.officer


@dataclass(frozen=True, slots=True)
class CellListed:
    """A cell in the list. `mine`: whether it opens at this desk."""

    line: CellLine
    holders: int
    mine: bool


@dataclass(frozen=True, slots=True)
class CellMember:
    """Who holds a cell's key, whose hand is under it, and since when; None where the chronicle does not tell."""

    officer: Officer
    given_by: CodeName
    since: Instant | None


@dataclass(frozen=True, slots=True)
class CellPage:
    """A cell's own page. `organisation`: whether the shares could open it; `mine`: whether it opens at this desk."""

    line: CellLine
    members: tuple[CellMember, ...]
    others: tuple[Officer, ...]
    """Who may sit down and does not hold it."""
    began: Instant | None
    organisation: bool
    must_rotate: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class HandLine:
    """Whose hand is under a request, and since when."""

    officer: CodeName
    given: Instant


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What two officers are asked to sign. `about`: the officer it concerns; a person stands there by id alone."""

    id: TokenId
    kind: RequestKind
    about: Officer | None
    about_id: int
    argument: int
    made_by: CodeName
    made: Instant
    until: Instant
    state: RequestState
    hands: tuple[HandLine, ...]
    over: bool
    signed: bool
    """Whether the one at the desk has signed."""
    mine: bool
    complete: bool
    cells: tuple[str, ...] = ()
    """Codes of the cells that it names."""
    about_name: CodeName | None = None
    """What the officer, the person or the subject of the warning is called, for who may see it."""

    @property
    def format(self) -> ExportFormat | None:
        """What cells are to leave as; None for any other request."""
        return export_format(self.argument) if self.kind is RequestKind.EXPORT_CELLS else None

    @property
    def seen(self) -> Seq | None:
        """Of the closing of a warning: number of the newest sign when it was asked; None for any other request."""
        closing = closing_of(self.argument) if self.kind is RequestKind.CLOSE_WARNING else None
        return None if closing is None else closing[1]


def export_argument(file_format: ExportFormat) -> int:
    """How a format stands in a request, counted from 1; the order of the list is never changed."""
    return 1 + tuple(ExportFormat).index(file_format)


REASONS = 16
"""So many reasons have room below the number of a sign."""


def closing_argument(reason: CloseReason, seen: Seq) -> int:
    """How the closing of a warning stands in a request: the number of the newest sign that was seen, then the reason.

    Reasons are counted from 1; the order of the list is never changed.
    """
    return seen * REASONS + 1 + tuple(CloseReason).index(reason)


def closing_of(argument: int) -> tuple[CloseReason, Seq] | None:
    reason = dict(enumerate(CloseReason, 1)).get(argument % REASONS)
    return None if reason is None else (reason, Seq(argument // REASONS))


def export_format(argument: int) -> ExportFormat | None:
    return dict(enumerate(ExportFormat, 1)).get(argument)


@dataclass(frozen=True, slots=True)
class Overview:
    """Whether everything about the vault is in order; each list holds what is not."""

    passphrases: int
    openers: int
    shares: bool
    organisation: bool
    without_organisation: tuple[CellLine, ...]
    nobody_holds: tuple[CellLine, ...]
    one_holds: tuple[CellLine, ...]
    must_rotate: tuple[CellLine, ...]
    suspended: tuple[OfficerLine, ...]
    slots_left: tuple[Officer, ...]
    """Removed, and their way in stands still."""
    active: int
    open_requests: int
    turned: bool
    """The keys were drawn anew, and the house still runs on the old ones."""
    backup: Instant | None
    backup_overdue: bool
    """None was ever taken, or the newest is too old."""
    anchor: Instant | None
    anchor_overdue: bool
    """None stands, or something was written down long after it."""

    @property
    def in_order(self) -> bool:
        wrong = (self.without_organisation, self.nobody_holds, self.one_holds, self.must_rotate, self.suspended)
        few = self.openers + self.passphrases < 2 or not self.shares or not self.organisation or self.active < 3
        old = self.backup_overdue or self.anchor_overdue
        return not (any(wrong) or self.slots_left or self.turned or few or old)
