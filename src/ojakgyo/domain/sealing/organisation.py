"""The organisation: a member of every cell that sits nowhere. Its keys come of the shares, and are never kept."""

from typing import Final

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.envelope import subkey
from ojakgyo.domain.sealing.names import Purpose
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import OfficerId

ORGANISATION: Final = OfficerId(0)
"""No officer has this number: ids are never 0."""


def keys(secret: bytes) -> OfficerKeys:
    """The organisation's two private halves. `secret`: the 32 bytes behind the shares."""
    if len(secret) != primitives.KEY:
        raise ValueError("the secret behind the shares has 32 bytes")
    exchange, signing = (subkey(secret, Purpose.ORG, half) for half in ("exchange", "signing"))
    return OfficerKeys(ORGANISATION, exchange, signing)


def slot_private(secret: bytes, vault: str) -> bytes:
    """The X25519 half that opens the slot of the shares; a vault's own, so that two vaults never share a way in."""
    return subkey(secret, Purpose.SHARES, vault)


def slot_public(secret: bytes, vault: str) -> bytes:
    """What that slot is wrapped for; it may be known."""
    return primitives.exchange_public(slot_private(secret, vault))
