"""Cells and who may open them: a seed for each epoch, wrapped for each member, signed by whoever gave it."""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_sealed, seal, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import CellId, OfficerId

_SUITE: Final = b"\x01\x02"
"""Version 1, suite 2: HPKE base mode, X25519, HKDF-SHA-256, AES-256-GCM."""


@dataclass(frozen=True, slots=True, repr=False)
class CellKey(Secret):
    """One cell's seed in one epoch, and what comes of it."""

    cell: CellId
    epoch: int
    seed: bytes

    def wrap(self) -> Key:
        """For what only members read."""
        return Key(subkey(self.seed, Purpose.WRAP, self.cell, self.epoch))

    def inbox_public(self) -> bytes:
        """Where the house may put words that it cannot take out again."""
        return primitives.exchange_public(subkey(self.seed, Purpose.INBOX, self.cell, self.epoch))

    def after(self, seed: bytes) -> "CellKey":
        """The same cell in its next epoch, with a seed that owes nothing to this one."""
        return replace(self, epoch=self.epoch + 1, seed=seed)


@dataclass(frozen=True, slots=True)
class Grant:
    """One member's way into a cell, as it lies in the database; worth nothing until it is opened."""

    vault: str
    cell: CellId
    epoch: int
    officer: OfficerId
    wrapped: bytes
    granted_by: OfficerId
    signature: bytes


def give(key: CellKey, vault: str, *, to: OfficerId, public: PublicKeys, by: OfficerKeys) -> Grant:
    """Wrap a cell's seed for one officer, signed by the giver."""
    empty = Grant(vault, key.cell, key.epoch, to, b"", by.officer, b"")
    wrapped = replace(empty, wrapped=_SUITE + primitives.wrap_for(public.exchange, key.seed, _info(empty)))
    return replace(wrapped, signature=primitives.sign(by.signing, _signed(wrapped, public.exchange)))


def take(grant: Grant, *, keys: OfficerKeys, giver: PublicKeys) -> CellKey:
    """The cell's key. Another's grant: ``NotHeld``; copied, forged or changed: ``Damaged``."""
    if grant.officer != keys.officer:
        raise NotHeld(cell=grant.cell)
    try:
        primitives.check(giver.signing, grant.signature, _signed(grant, keys.public.exchange))
        seed = primitives.unwrap(keys.exchange, _body(grant), _info(grant))
    except primitives.Unsound:
        raise Damaged("vault.damaged", cell=grant.cell, officer=grant.officer) from None
    return CellKey(grant.cell, grant.epoch, seed)


def take_over(grant: Grant, *, public: PublicKeys, giver: PublicKeys, by: OfficerKeys) -> Grant:
    """Put one's own hand under a grant in the place of the giver's, whose keys are about to go; the seed is not needed.

    `public`: of whom it is for. The giver's hand must hold first: else ``Damaged``.
    """
    try:
        primitives.check(giver.signing, grant.signature, _signed(grant, public.exchange))
    except primitives.Unsound:
        raise Damaged("vault.damaged", cell=grant.cell, officer=grant.officer) from None
    taken = replace(grant, granted_by=by.officer)
    return replace(taken, signature=primitives.sign(by.signing, _signed(taken, public.exchange)))


def keep_before(key: CellKey, before: CellKey, vault: str, *, nonce: bytes) -> bytes:
    """The seed of the epoch before, sealed under this one: what was sealed then still opens for the members of now."""
    if (before.cell, before.epoch) != (key.cell, key.epoch - 1):
        raise ValueError("only the epoch just before is kept under an epoch")
    return seal(key.wrap(), _before(key, vault), before.seed, nonce=nonce)


def open_before(key: CellKey, vault: str, blob: bytes) -> CellKey:
    """The cell's key one epoch earlier. Of another epoch or cell: ``NotHeld``; changed: ``Damaged``."""
    return CellKey(key.cell, key.epoch - 1, open_sealed(key.wrap(), _before(key, vault), blob))


def _before(key: CellKey, vault: str) -> Place:
    return Place(vault, Table.EPOCH, key.cell, Group.KEYS, bound=(key.epoch,))


def _body(grant: Grant) -> bytes:
    if grant.wrapped[:2] != _SUITE:
        raise primitives.Unsound
    return grant.wrapped[2:]


def _info(grant: Grant) -> bytes:
    return canon("grant", grant.vault, grant.cell, grant.epoch, grant.officer)


def _signed(grant: Grant, exchange_public: bytes) -> bytes:
    digest = hashlib.sha256(grant.wrapped).digest()
    where = (grant.vault, grant.cell, grant.epoch, grant.officer)
    return canon("grant/1", *where, exchange_public, grant.granted_by, digest)
