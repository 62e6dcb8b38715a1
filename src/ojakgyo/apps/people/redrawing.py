"""New data keys for people whose old ones somebody who was removed may have kept; all their blobs are sealed under them."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.people import beside, keys
from ojakgyo.apps.people.beside import BESIDE, Blobs
from ojakgyo.apps.people.models import PersonKey, RealName
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import KeyGranted, KeysRewrapped, OfficerRemoved
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import bulk
from ojakgyo.store.bulk import Change

_MANY: Final = 100_000
log = logging.getLogger("ojakgyo.keys")


@dataclass(frozen=True, slots=True)
class Redrawn:
    """People with new data keys: their wraps by cell and its epoch, their names, and what lies beside them, as `BESIDE` says.

    `unnamed`: those of whom no name was kept when this was worked out.
    """

    people: Sequence[PersonId]
    wraps: Mapping[tuple[CellId, int], Sequence[Change]]
    names: Sequence[Change]
    unnamed: Sequence[PersonId]
    beside: Sequence[Sequence[Change]]


def redrawn(desk: Desk, people: Sequence[PersonId]) -> Redrawn:
    """Draw a new data key for each and seal what is known of them under it. Writes nothing.

    Somebody with a wrap in a cell that is not held here is left to be wrapped again only; what does not hold is left
    where it is and said in the log.
    """
    rows: dict[PersonId, list[PersonKey]] = {}
    for row in PersonKey.objects.filter(person_id__in=people).order_by("pk"):
        rows.setdefault(PersonId(row.person_id), []).append(row)
    blobs = dict(RealName.objects.filter(person_id__in=people).values_list("person_id", "ident"))
    others = [beside.blobs_of(each, people) for each in BESIDE]
    wraps: dict[tuple[CellId, int], list[Change]] = {}
    names, unnamed, changes = [], [], [[] for _ in BESIDE]
    done: list[PersonId] = []
    for person, own in rows.items():
        if not all(desk.keyring.holds(CellId(row.cell_id)) for row in own):
            continue
        data = DataKey.drawn(person, secrets.token_bytes)
        own_others = [found.get(person, ()) for found in others]
        try:
            fields = _fields(desk, own[0], blobs.get(person))
            moved = _moved(desk, own[0], own_others, data)
        except Damaged as damaged:
            log.error("%s person=%s", damaged.code, person)
            continue
        done.append(person)
        for so_far, more in zip(changes, moved, strict=True):
            so_far += more
        if fields is None:
            unnamed.append(person)
        else:
            names.append((person, blobs[person], keys.seal_fields(data, fields)))
        for row in own:
            key = desk.keyring.cell_key(CellId(row.cell_id))
            wraps.setdefault((key.cell, key.epoch), []).append((row.pk, row.wrapped, keys.wrapped(data, key)))
    return Redrawn(done, wraps, names, unnamed, changes)


def _fields(desk: Desk, row: PersonKey, ident: bytes | None) -> dict[str, object] | None:
    return None if ident is None else keys.unseal_fields(keys.unwrapped(desk, row), ident)


def _moved(desk: Desk, row: PersonKey, others: Sequence[Blobs], after: DataKey) -> list[list[Change]]:
    """What lies beside a name, under the new key."""
    if not any(others):
        return [[] for _ in others]
    before = keys.unwrapped(desk, row)
    return [beside.resealed(each, kept, before=before, after=after) for each, kept in zip(BESIDE, others, strict=True)]


@action
def keep_redrawn(desk: Desk, *, anew: Redrawn) -> None:
    """Write them, all or none: what was kept meanwhile must not lie under a key that is gone."""
    whole = bulk.replace(RealName, anew.names, column="ident", also={}) == len(anew.names)
    for (cell, epoch), changes in anew.wraps.items():
        also = {"epoch": epoch, "drawn_ms": desk.now}
        whole = bulk.replace(PersonKey, changes, column="wrapped", also=also) == len(changes) and whole
        record(desk, KeysRewrapped(cell=cell, epoch=epoch, count=len(changes)))
    for each, moved in zip(BESIDE, anew.beside, strict=True):
        whole = beside.replace_all(each, moved, anew.people) and whole
    if not whole or RealName.objects.filter(person_id__in=anew.unnamed).exists():
        raise Refused("house.busy")


def removed_since(cell: CellId) -> Instant:
    """When somebody who ever held this cell was last removed from the desk; 0 if nobody was."""
    granted = inbox.mentioning([ids.text("c", cell)], kinds=(KeyGranted,), at_most=_MANY)
    members = [ids.text("o", told.fact.officer) for told in granted]  # type: ignore[attr-defined]
    removed = inbox.mentioning(members, kinds=(OfficerRemoved,), at_most=1) if members else []
    return removed[0].recorded if removed else Instant(0)
