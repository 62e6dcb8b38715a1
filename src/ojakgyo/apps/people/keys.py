"""Data keys of persons: opened by whoever holds a cell they are wrapped for, and what lies under them."""

import secrets
from typing import Any

from django.conf import settings

from ojakgyo.apps.people.models import PersonKey, RealName
from ojakgyo.apps.vault import seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.sealing import persons
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.values.ids import CellId, PersonId


def open_key(desk: Desk, person: PersonId) -> DataKey | None:
    """None: nothing was ever kept of this person. No key of any of their cells at this desk: ``NotHeld``."""
    rows = list(PersonKey.objects.filter(person_id=person).order_by("pk"))
    for row in rows:
        if desk.keyring.holds(CellId(row.cell_id)):
            return unwrapped(desk, row)
    if rows:
        raise NotHeld(person=person)
    return None


def draw_key(desk: Desk, person: PersonId, cell: CellId) -> DataKey:
    """The first data key of a person, inside the caller's transaction; the cell's key must be held."""
    data, key = DataKey.drawn(person, secrets.token_bytes), desk.keyring.cell_key(cell)
    PersonKey.objects.create(
        person_id=person, cell_id=cell, epoch=key.epoch, wrapped=wrapped(data, key), drawn_ms=desk.now
    )
    return data


def wrapped(data: DataKey, cell: CellKey) -> bytes:
    """The data key for whoever holds the cell."""
    return persons.wrap(data, cell, settings.OJAK_VAULT_ID, nonce=secrets.token_bytes(12))


def unwrapped(desk: Desk, row: PersonKey) -> DataKey:
    """The data key of one wrap, whose cell must be held."""
    cell = desk.keyring.cell_key(CellId(row.cell_id), row.epoch)
    return persons.unwrap(cell, settings.OJAK_VAULT_ID, PersonId(row.person_id), row.wrapped)


def keep_fields(data: DataKey, fields: dict[str, Any]) -> None:
    """Seal what is known of a person as the one blob of their row, inside the caller's transaction."""
    RealName.objects.update_or_create(person_id=data.person, defaults={"ident": seal_fields(data, fields)})


def open_fields(data: DataKey) -> dict[str, Any] | None:
    """What is known of a person; None where nothing is kept."""
    ident = RealName.objects.filter(person_id=data.person).values_list("ident", flat=True).first()
    return None if ident is None else unseal_fields(data, ident)


def seal_fields(data: DataKey, fields: dict[str, Any]) -> bytes:
    return seals.seal(data.key(), persons.name_place(settings.OJAK_VAULT_ID, data.person), fields)


def unseal_fields(data: DataKey, ident: bytes) -> dict[str, Any]:
    return seals.unseal(data.key(), persons.name_place(settings.OJAK_VAULT_ID, data.person), ident)
