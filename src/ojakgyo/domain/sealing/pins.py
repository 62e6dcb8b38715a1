"""The session PIN: after an idle while it brings back the keys, together with the cookie and only in this process.

What waits is sealed under HKDF(token, Argon2id(PIN)): without the cookie's token no PIN opens it, and the cookie alone
does not either. A PIN is short: whoever holds the cookie *and* a picture of the memory tries a million of them in a
core-day. That is why three wrong ones destroy what waits, and why nothing of it is written down.
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import officers
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_sealed, seal, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.officers import Half, OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import OfficerId

LEAST: Final = 6
MOST: Final = 32
TRIES: Final = 3


@dataclass(frozen=True, slots=True, repr=False)
class Waiting(Secret):
    """An officer's keys, sealed under token and PIN, and the salt the PIN is stretched with."""

    salt: bytes
    blob: bytes


def read(typed: str) -> str:
    """The PIN that was typed. Too short, no digits, or the first that anybody would try: ``Refused``."""
    pin = unicodedata.normalize("NFKC", typed).strip()
    if not (LEAST <= len(pin) <= MOST and pin.isascii() and pin.isdigit()) or _plain(pin):
        raise Refused("vault.pin_form")
    return pin


def lay_by(keys: OfficerKeys, half: Half, stretched: bytes, *, salt: bytes, nonce: bytes) -> Waiting:
    """Seal the keys for later; `stretched`: the PIN under `salt`."""
    place = _place(half, keys.officer, salt)
    return Waiting(salt, seal(_key(half, stretched), place, officers.joined(keys), nonce=nonce))


def pick_up(waiting: Waiting, half: Half, stretched: bytes, *, officer: OfficerId, public: PublicKeys) -> OfficerKeys:
    """The keys again. Another PIN or token: ``NotHeld``; laid under another officer or changed: ``Damaged``."""
    place = _place(half, officer, waiting.salt)
    return officers.parted(officer, public, open_sealed(_key(half, stretched), place, waiting.blob))


def _key(half: Half, stretched: bytes) -> Key:
    return Key(subkey(half.token + stretched, Purpose.PIN, half.vault))


def _place(half: Half, officer: OfficerId, salt: bytes) -> Place:
    return Place(half.vault, Table.PIN, half.id, Group.KEYS, bound=(officer, salt))


def _plain(pin: str) -> bool:
    """The same digit again and again, or a row upwards or downwards."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, 9}
