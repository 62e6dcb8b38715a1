"""Tokens as they are written: 64 hexadecimal letters, kept by the house as their digest only."""

import secrets

from django.conf import settings

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import TOKEN, Half


def drawn(table: Table) -> Half:
    """A fresh token for a session or an entry."""
    return Half(settings.OJAK_VAULT_ID, table, secrets.token_bytes(TOKEN))


def parsed(table: Table, written: str) -> Half:
    """The token that was written; anything else than `written` would give is ``Refused``."""
    try:
        return Half(settings.OJAK_VAULT_ID, table, bytes.fromhex(written))
    except ValueError:
        raise Refused("vault.token_refused") from None


def written(half: Half) -> str:
    return half.token.hex()
