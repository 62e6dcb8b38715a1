"""Data keys under a cell's present epoch: done with the keys of whoever sits down, in pieces of bounded size.

After an ordinary change of members they are wrapped again and nothing else moves. After somebody was removed who held
the cell, that one may have kept every data key: then each person gets a new one, and their blob is sealed under it.
"""

import logging
import secrets
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.people.models import PersonKey
from ojakgyo.apps.people.redrawing import keep_redrawn, redrawn, removed_since
from ojakgyo.apps.vault.chores import chore
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.facts import KeysRewrapped
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.persons import Rewrapping
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.store import bulk
from ojakgyo.store.bulk import Change

AT_ONCE: Final = 2_000
REDRAWN_AT_ONCE: Final = 500
Row = tuple[int, int, int, bytes]
"""Its number, person, epoch and wrap."""
log = logging.getLogger("ojakgyo.keys")


@chore
def rewrap_keys(desk: Desk, cell: CellId) -> None:
    """Bring the data keys of a cell's people up to its present epoch; nothing to do is one quick question."""
    if not _behind(desk, cell).exists():
        return
    for piece in _pieces(desk, cell, REDRAWN_AT_ONCE, drawn_ms__lte=removed_since(cell)):
        if (anew := redrawn(desk, [PersonId(person) for _, person, *_ in piece])).wraps:
            keep_redrawn(desk, anew=anew)
    for piece in _pieces(desk, cell, AT_ONCE):
        if changes := tuple(_rewrapped(desk, cell, piece)):
            keep_wraps(desk, cell=cell, epoch=desk.keyring.cell_key(cell).epoch, changes=changes)


@action
def keep_wraps(desk: Desk, *, cell: CellId, epoch: int, changes: tuple[Change, ...]) -> int:
    """Put data keys under an epoch. One that changed meanwhile is left alone."""
    count = bulk.replace(PersonKey, changes, column="wrapped", also={"epoch": epoch})
    record(desk, KeysRewrapped(cell=cell, epoch=epoch, count=count))
    return count


def _behind(desk: Desk, cell: CellId) -> QuerySet[PersonKey]:
    return PersonKey.objects.filter(cell_id=cell, epoch__lt=desk.keyring.cell_key(cell).epoch)


def _pieces(desk: Desk, cell: CellId, size: int, **which: int) -> Iterator[list[Row]]:
    last = 0
    while piece := list(
        _behind(desk, cell)
        .filter(pk__gt=last, **which)
        .order_by("pk")
        .values_list("pk", "person_id", "epoch", "wrapped")[:size]
    ):
        last = piece[-1][0]
        yield piece


def _rewrapped(desk: Desk, cell: CellId, piece: list[Row]) -> Iterator[Change]:
    """One that does not hold is left where it is and said in the log."""
    present = desk.keyring.cell_key(cell)
    for epoch in sorted({row[2] for row in piece}):
        before = desk.keyring.cell_key(cell, epoch)
        yield from _between(before, present, [row for row in piece if row[2] == epoch])


def _between(before: CellKey, after: CellKey, rows: list[Row]) -> Iterator[Change]:
    rewrapping = Rewrapping(before, after, settings.OJAK_VAULT_ID)
    for row, person, _, wrapped in rows:
        try:
            yield row, wrapped, rewrapping.of(PersonId(person), wrapped, nonce=secrets.token_bytes(12))
        except Damaged as damaged:
            log.error("%s person=%s", damaged.code, person)
