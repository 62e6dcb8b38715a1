"""The change of a shift: the exact bytes that both officers sign, and one line that only the two can open.

The line lies under a key of its own, wrapped for each of the two and for nobody else. Its digest stands among the signed
bytes, so that no other line can be put in its place; once it is gone the signatures still hold.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, open_json, seal_json
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import OfficerId, Seq, TokenId
from ojakgyo.domain.values.instants import Instant

_SUITE: Final = b"\x01\x02"
"""Version 1, suite 2, as for a grant: HPKE base mode, X25519, HKDF-SHA-256, AES-256-GCM."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Which shift, of whom, for whom."""

    vault: str
    id: TokenId
    by: OfficerId
    to: OfficerId


@dataclass(frozen=True, slots=True)
class SealedLine:
    """One line as it lies in the database: the words under their own key, and that key for each of the two."""

    words: bytes
    for_by: bytes
    for_to: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(canon("shift-line/1", self.words, self.for_by, self.for_to)).digest()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What both sign: this shift, the facts up to `upto`, this brief and this line (their digests), at this time."""

    shift: Shift
    upto: Seq
    made: Instant
    brief: bytes
    line: bytes

    def bytes(self) -> bytes:
        who = (self.shift.vault, self.shift.id, self.shift.by, self.shift.to)
        return canon("shift/1", *who, self.upto, self.made, self.brief, self.line)


def sign(told: HandedOver, by: OfficerKeys) -> bytes:
    return primitives.sign(by.signing, told.bytes())


def holds(told: HandedOver, signature: bytes, public: PublicKeys) -> bool:
    """Whether this is the hand of these keys under exactly this."""
    try:
        primitives.check(public.signing, signature, told.bytes())
    except primitives.Unsound:
        return False
    return True


def seal_line(
    shift: Shift, line: str, *, by: PublicKeys, to: PublicKeys, randomness: Callable[[int], bytes]
) -> SealedLine:
    """Seal one line for the two. `randomness(n)` returns n random bytes."""
    key, nonce = randomness(primitives.KEY), randomness(primitives.NONCE)
    words = seal_json(Key(key), _place(shift), {"line": line}, nonce=nonce)
    return SealedLine(words, _wrapped(shift, shift.by, by, key), _wrapped(shift, shift.to, to, key))


def open_line(shift: Shift, sealed: SealedLine, *, keys: OfficerKeys) -> str:
    """Neither of the two: ``NotHeld``. Changed, moved, or wrapped for keys that are no more: ``Damaged``."""
    wraps = {shift.by: sealed.for_by, shift.to: sealed.for_to}
    if keys.officer not in wraps:
        raise NotHeld()
    wrapped = wraps[keys.officer]
    try:
        if wrapped[:2] != _SUITE:
            raise primitives.Unsound
        key = primitives.unwrap(keys.exchange, wrapped[2:], _info(shift, keys.officer))
        if len(key) != primitives.KEY:
            raise primitives.Unsound
    except primitives.Unsound:
        raise Damaged("vault.damaged", officer=keys.officer) from None
    line: str = open_json(Key(key), _place(shift), sealed.words)["line"]
    return line


def _wrapped(shift: Shift, officer: OfficerId, public: PublicKeys, key: bytes) -> bytes:
    return _SUITE + primitives.wrap_for(public.exchange, key, _info(shift, officer))


def _info(shift: Shift, officer: OfficerId) -> bytes:
    return canon("shift-line", shift.vault, shift.id, shift.by, shift.to, officer)


def _place(shift: Shift) -> Place:
    return Place(shift.vault, Table.SHIFT, shift.id, Group.WORDS, bound=(shift.by, shift.to))
