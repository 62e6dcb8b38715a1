"""What the chronicle tells of keys: who has held which cell since when, what fell with a renewal, who knew ROOT."""

from collections.abc import Iterator

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain import facts
from ojakgyo.domain.facts import (
    CellFounded,
    CellRemoved,
    EpochBegun,
    Fact,
    GrantWithdrawn,
    KeyGranted,
    KeysRotated,
    OfficerKeysRenewed,
    OfficerRemoved,
    SlotKind,
    SlotMade,
    VaultUnsealed,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, OfficerId
from ojakgyo.domain.values.instants import Instant


def _told(*kinds: type[Fact], cell: CellId | None = None) -> Iterator[tuple[Fact, Instant]]:
    """Facts of these kinds, oldest first; of those that name a cell, only those of this one, if one is asked for."""
    rows = Entry.objects.filter(kind__in=[kind.kind for kind in kinds], body__isnull=False).order_by("seq")
    wanted = None if cell is None else ids.text("c", cell).encode()
    for kind, v, body, at in rows.values_list("kind", "v", "body", "recorded_ms").iterator(chunk_size=1_000):
        if wanted is None or wanted in body or b'"cell"' not in body:
            yield facts.revive(kind, v, body), Instant(at)


def since(cell: CellId) -> dict[OfficerId, Instant]:
    """Since when each officer has held a cell without a break; a new epoch is no break."""
    held: dict[OfficerId, Instant] = {}
    for fact, at in _told(KeyGranted, GrantWithdrawn, OfficerKeysRenewed, cell=cell):
        match fact:
            case KeyGranted():
                held.setdefault(fact.officer, at)
            case GrantWithdrawn() | OfficerKeysRenewed():
                held.pop(fact.officer, None)
    return held


def lost(officer: OfficerId) -> frozenset[CellId]:
    """Cells an officer held when their keys were renewed, and has not been granted since."""
    held: set[CellId] = set()
    fell: set[CellId] = set()
    for fact, _ in _told(KeyGranted, GrantWithdrawn, OfficerKeysRenewed, CellRemoved):
        if getattr(fact, "officer", officer) != officer:
            continue
        match fact:
            case CellRemoved():
                held.discard(fact.cell)
                fell.discard(fact.cell)
            case KeyGranted():
                held.add(fact.cell)
                fell.discard(fact.cell)
            case GrantWithdrawn():
                held.discard(fact.cell)
                fell.discard(fact.cell)
            case OfficerKeysRenewed():
                fell, held = fell | held, set()
    return frozenset(fell)


def began(cell: CellId) -> Instant | None:
    """When the present epoch of a cell began."""
    told = [at for _, at in _told(CellFounded, EpochBegun, cell=cell)]
    return told[-1] if told else None


def knows_root(officer: OfficerId) -> bool:
    """Whether an officer has had a way in of their own under the ROOT of now, or was removed as an opener of it."""
    had = False
    for fact, _ in _told(SlotMade, OfficerRemoved, KeysRotated):
        match fact:
            case SlotMade(slot=SlotKind.OPENER, officer=who) if who == officer:
                had = True
            case OfficerRemoved(officer=who, opener=True) if who == officer:
                had = True
            case KeysRotated(new_root=True):
                had = False
    return had


def runs_on_old_keys() -> bool:
    """Whether the keys of the house were drawn anew since it was last opened."""
    rotated = False
    for fact, _ in _told(KeysRotated, VaultUnsealed):
        match fact:
            case KeysRotated(new_root=True):
                rotated = True
            case VaultUnsealed():
                rotated = False
    return rotated
