"""Anchors: the head of the chain, signed, outside the database. A database that ends before its anchor has lost something."""

from dataclasses import dataclass

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.ring import Ring


@dataclass(frozen=True, slots=True)
class Anchor:
    """`seq` and `head` of the chronicle at an instant, under RING.audit's hand."""

    seq: int
    head: bytes
    at: int
    signature: bytes


def sign(ring: Ring, vault: str, *, seq: int, head: bytes, at: int) -> Anchor:
    return Anchor(seq, head, at, primitives.sign(ring.audit, _signed(vault, seq, head, at)))


def check(anchor: Anchor, ring: Ring, vault: str) -> None:
    """Forged or changed: ``Damaged``. After a rotation the anchor may still stand under the key before."""
    message = _signed(vault, anchor.seq, anchor.head, anchor.at)
    for private in (ring.audit, *ring.before.get("audit", ())):
        try:
            return primitives.check(primitives.signing_public(private), anchor.signature, message)
        except primitives.Unsound:
            continue
    raise Damaged("vault.damaged")


def _signed(vault: str, seq: int, head: bytes, at: int) -> bytes:
    return canon("anchor/1", vault, seq, head, at)
