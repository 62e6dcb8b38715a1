"""What the pages of an import are told: batches, and what would become of each when it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from ojakgyo.apps.intake.models import BatchState, Sort
from ojakgyo.domain.intake.staying import Why
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import BatchId, OfficerId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

__all__ = ["DIES_MS", "UNDONE_WITHIN_MS", "BatchLine", "BatchState", "Kept", "Sort", "Undoing", "Why"]

DIES_MS = 7 * DAY_MS
"""What was read and not applied is forgotten after so long."""
UNDONE_WITHIN_MS = 30 * DAY_MS
"""A batch can be taken back within so long."""


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
class Kept:
    """What stays, and why. `called`: the code name of a person, the code of a cell; a line is said by its holder."""

    sort: Sort
    about: int
    called: CodeName | str
    why: tuple[Why, ...]
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What taking a batch back removes and what it keeps, as of the fact `seq`."""

    batch: BatchId
    seq: int
    people: frozenset[int]
    lines: Mapping[int, int]
    """Line -> its holder."""
    links: tuple[int, ...]
    cells: frozenset[int]
    areas: frozenset[int]
    plans: frozenset[int]
    routes: frozenset[int]
    noticers: frozenset[int]
    asides: frozenset[int]
    leads: frozenset[int]
    kept: tuple[Kept, ...]

    @property
    def removed(self) -> int:
        """How many of each together; agreements go with whom they are about."""
        return len(self.people) + len(self.lines) + len(self.links) + len(self.cells)
