"""What the pages of an import are told: batches, and what would become of each when it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from ojakgyo.apps.intake.models import BatchState, Sort
from ojakgyo.domain.intake.staying import Why
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import BatchId, CellId, OfficerId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

__all__ = ["DIES_MS", "UNDONE_WITHIN_MS", "BatchLine", "BatchState", "Kept", "Pair", "Sort", "Stayed", "Undoing", "Why"]

DIES_MS = 7 * DAY_MS
"""What was read and not applied is forgotten after so long."""
UNDONE_WITHIN_MS = 30 * DAY_MS
"""A batch can be taken back within so long."""
Pair = tuple[int, int]
"""Who knows whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One file, as a list shows it. `until`: when it dies, or until when it can be taken back; None: neither."""

    id: BatchId
    officer: OfficerId
    by: CodeName
    state: BatchState
    rows: int
    findings: int
    staged: Instant
    applied: Instant | None
    people: int
    lines: int
    links: int
    cells: int
    until: Instant | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who came with a row of the file, by the code name that was given or drawn."""

    row: int
    person: PersonId
    code_name: CodeName


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays, and why. `called`: the code name of a person, the code of a cell; a line is said by its holder.

    A link is said by two people, `called` and `other`, however many there are between them.
    """

    sort: Sort
    about: int
    called: CodeName | str
    why: tuple[Why, ...]
    person: PersonId | None = None
    other: CodeName | None = None


@dataclass(frozen=True, slots=True)
class Stayed:
    """`hidden`: something else stayed, in cells that are not held here."""

    kept: tuple[Kept, ...]
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What taking a batch back removes and what it keeps, as of the fact `seq`, for who holds each of the cells `needs`.

    Agreements that go with somebody are not among `windows`, `plans` and the like. `reasons`: in full; `kept`: as it is said.
    """

    batch: BatchId
    seq: int
    needs: frozenset[CellId]
    people: frozenset[int]
    lines: Mapping[int, int]
    """Line -> its holder."""
    links: tuple[int, ...]
    cells: frozenset[int]
    areas: frozenset[int]
    windows: frozenset[int]
    plans: frozenset[int]
    routes: frozenset[int]
    noticers: frozenset[int]
    asides: frozenset[int]
    leads: frozenset[int]
    reasons: Mapping[Sort, Mapping[int, frozenset[Why]]]
    kept: tuple[Kept, ...]

    @property
    def removed(self) -> int:
        """How many of each together; agreements with somebody who goes are not counted besides."""
        return len(self.people) + len(self.lines) + len(self.links) + len(self.cells) + self.agreements

    @property
    def agreements(self) -> int:
        """Those with whoever was known before; a window goes with its plan."""
        return sum(map(len, (self.plans, self.routes, self.noticers, self.asides, self.leads)))
