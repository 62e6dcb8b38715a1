"""A cell's inbox: the house puts words in and cannot take them out again; who holds the cell's key can.

Version 1, suite 2 (HPKE base mode, X25519, HKDF-SHA-256, AES-256-GCM) around a key of 32 bytes, 82 bytes together; then
a sealed blob under that key. Words of nobody the desk knows go to the organisation's inbox, as of cell 0 and epoch 0.
"""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, open_sealed, seal, subkey
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import CellId, MessageId

_SUITE: Final = b"\x01\x02"
_WRAPPED: Final = len(_SUITE) + primitives.KEY + primitives.KEY + primitives.TAG
NOBODY: Final = CellId(0)
"""Stands for the cell of a sender whom nobody knows: no cell has this number."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where words go: a cell in its present epoch, or the organisation's own."""

    cell: CellId
    epoch: int
    public: bytes

    @classmethod
    def of_the_organisation(cls, exchange_public: bytes) -> "Inbox":
        return cls(NOBODY, 0, exchange_public)


def drop(inbox: Inbox, vault: str, message: MessageId, plain: bytes, *, key: bytes, nonce: bytes) -> bytes:
    """Words for whoever opens this inbox. `key`: 32 fresh random bytes; `nonce`: 12."""
    wrapped = primitives.wrap_for(inbox.public, key, _info(vault, message, inbox.cell, inbox.epoch))
    return _SUITE + wrapped + seal(Key(key), _place(vault, message, inbox.cell, inbox.epoch), plain, nonce=nonce)


def take(cell: CellKey, vault: str, message: MessageId, dropped: bytes) -> bytes:
    """What was dropped for this cell in this epoch. Anything else, or changed: ``Damaged``."""
    private = subkey(cell.seed, Purpose.INBOX, cell.cell, cell.epoch)
    return _taken(private, vault, message, cell.cell, cell.epoch, dropped)


def take_as_organisation(keys: OfficerKeys, vault: str, message: MessageId, dropped: bytes) -> bytes:
    """What nobody's line sent, for who has brought the shares together."""
    return _taken(keys.exchange, vault, message, NOBODY, 0, dropped)


def _taken(private: bytes, vault: str, message: MessageId, cell: CellId, epoch: int, dropped: bytes) -> bytes:
    if dropped[: len(_SUITE)] != _SUITE or len(dropped) <= _WRAPPED:
        raise Damaged("vault.damaged", table=Table.INBOUND)
    try:
        key = primitives.unwrap(private, dropped[len(_SUITE) : _WRAPPED], _info(vault, message, cell, epoch))
    except primitives.Unsound:
        raise Damaged("vault.damaged", table=Table.INBOUND) from None
    return open_sealed(Key(key), _place(vault, message, cell, epoch), dropped[_WRAPPED:])


def _info(vault: str, message: MessageId, cell: CellId, epoch: int) -> bytes:
    return canon("inbox", vault, message, cell, epoch)


def _place(vault: str, message: MessageId, cell: CellId, epoch: int) -> Place:
    return Place(vault, Table.INBOUND, message, Group.WORDS, bound=(cell, epoch))
