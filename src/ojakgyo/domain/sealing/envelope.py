"""The sealed blob, version 1: bytes that only one key opens, and only at the place they were sealed for.

    offset 0   1 B  version, 0x01
           1   1 B  suite, 0x01 = AES-256-GCM-SIV (RFC 8452)
           2   8 B  key id
          10  12 B  nonce
          22   n B  ciphertext, its plaintext padded (0x80, then zeros) to a multiple of 64 B
           -  16 B  tag

Associated data = canon('seal', the first 10 bytes, vault, table, row, group, schema, and what else is bound).
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import Part, canon
from ojakgyo.domain.sealing.names import Group, Purpose, Table

PAD: Final = 64
_SUITE: Final = b"\x01\x01"
_HEAD: Final = len(_SUITE) + 8
_START: Final = _HEAD + primitives.NONCE
OVERHEAD: Final = _START + primitives.TAG


class Secret:
    """Base of whatever holds key bytes: shows none of them, and leaves the process by no pickle."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a key does not leave its process")


@dataclass(frozen=True, slots=True, repr=False)
class Key(Secret):
    """32 bytes that seal. `kid` tells keys apart; it is no commitment."""

    raw: bytes
    kid: bytes = field(init=False)
    cipher: primitives.Cipher = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.raw) != primitives.KEY:
            raise ValueError("a key has 32 bytes")
        object.__setattr__(self, "kid", hashlib.sha256(canon("kid", self.raw)).digest()[:8])
        object.__setattr__(self, "cipher", primitives.cipher(self.raw))

    def __repr__(self) -> str:
        return f"<Key {self.kid.hex()}>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a blob belongs; moved anywhere else it does not open.

    `schema` is the version of the fields within. `bound` holds what else must not be changed beside the blob, such as
    the cost of a key derivation.
    """

    vault: str
    table: Table
    row: int | str | bytes
    group: Group
    schema: int = 1
    bound: tuple[Part, ...] = ()

    def associated(self, head: bytes) -> bytes:
        return canon("seal", head, self.vault, self.table, self.row, self.group, self.schema, *self.bound)


def subkey(raw: bytes, purpose: Purpose, *context: Part) -> bytes:
    """32 bytes derived from a key for one purpose."""
    return primitives.derive(raw, canon("derive", purpose, *context))


def seal(key: Key, place: Place, plain: bytes, *, nonce: bytes) -> bytes:
    """`nonce`: 12 fresh random bytes."""
    if len(nonce) != primitives.NONCE:
        raise ValueError("a nonce has 12 bytes")
    head = _SUITE + key.kid
    return head + nonce + primitives.encrypt(key.cipher, nonce, _padded(plain), place.associated(head))


def open_sealed(key: Key, place: Place, blob: bytes) -> bytes:
    """The plaintext. Sealed by another key: ``NotHeld``; changed, cut or moved: ``Damaged``."""
    if len(blob) < OVERHEAD + PAD or (len(blob) - OVERHEAD) % PAD or blob[:2] != _SUITE:
        raise _damaged(place)
    head, nonce, body = blob[:_HEAD], blob[_HEAD:_START], blob[_START:]
    if head[2:] != key.kid:
        raise NotHeld(table=place.table)
    try:
        return _bare(primitives.decrypt(key.cipher, nonce, body, place.associated(head)))
    except primitives.Unsound:
        raise _damaged(place) from None


def seal_json(key: Key, place: Place, fields: dict[str, Any], *, nonce: bytes) -> bytes:
    """Seal fields as JSON with their schema as `_v`."""
    text = json.dumps({**fields, "_v": place.schema}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return seal(key, place, text.encode(), nonce=nonce)


def open_json(key: Key, place: Place, blob: bytes) -> dict[str, Any]:
    """The fields that `seal_json` was given."""
    fields: dict[str, Any] = json.loads(open_sealed(key, place, blob))
    if fields.pop("_v", None) != place.schema:
        raise _damaged(place)
    return fields


def _padded(plain: bytes) -> bytes:
    return plain + b"\x80" + bytes(-(len(plain) + 1) % PAD)


def _bare(padded: bytes) -> bytes:
    plain, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\0"):
        raise primitives.Unsound
    return plain


def _damaged(place: Place) -> Damaged:
    return Damaged("vault.damaged", table=place.table)
