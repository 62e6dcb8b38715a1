"""Sealing the blobs of rows: fields as JSON under a key, bound to this vault, the table, the row and the group."""

import secrets
from typing import Any

from django.conf import settings

from ojakgyo.domain.sealing import envelope
from ojakgyo.domain.sealing.canon import Part
from ojakgyo.domain.sealing.envelope import Key, Place
from ojakgyo.domain.sealing.names import Group, Table


def place(table: Table, row: int, group: Group, *, schema: int = 1, bound: tuple[Part, ...] = ()) -> Place:
    """Where a blob of this vault belongs."""
    return Place(settings.OJAK_VAULT_ID, table, row, group, schema, bound)


def seal(key: Key, where: Place, fields: dict[str, Any]) -> bytes:
    """A blob under a fresh nonce."""
    return envelope.seal_json(key, where, fields, nonce=secrets.token_bytes(12))


def unseal(key: Key, where: Place, blob: bytes) -> dict[str, Any]:
    """The fields. Sealed by another key: ``NotHeld``; changed or moved: ``Damaged``."""
    return envelope.open_json(key, where, blob)
