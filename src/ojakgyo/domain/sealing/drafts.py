"""What an officer has half typed, sealed to the officer's own key: laid by without it, opened with it alone.

As an inbox: version 1, suite 2 (HPKE base mode, X25519, HKDF-SHA-256, AES-256-GCM) around a key of 32 bytes, then a sealed
blob under that key. It lives in memory only and is bound to the officer and the form.
"""

from typing import Any, Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, open_json, seal_json
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import OfficerId

_SUITE: Final = b"\x01\x02"
_WRAPPED: Final = len(_SUITE) + primitives.KEY + primitives.KEY + primitives.TAG


def lay_by(
    public: PublicKeys, vault: str, officer: OfficerId, form: str, fields: dict[str, Any], *, key: bytes, nonce: bytes
) -> bytes:
    """`key`: 32 fresh random bytes; `nonce`: 12."""
    wrapped = primitives.wrap_for(public.exchange, key, _info(vault, officer, form))
    return _SUITE + wrapped + seal_json(Key(key), _place(vault, officer, form), fields, nonce=nonce)


def take_up(keys: OfficerKeys, vault: str, form: str, blob: bytes) -> dict[str, Any]:
    """The fields of one form. Laid by for other keys, or changed: ``Damaged``."""
    if blob[: len(_SUITE)] != _SUITE or len(blob) <= _WRAPPED:
        raise Damaged("vault.damaged", table=Table.DRAFT)
    try:
        key = primitives.unwrap(keys.exchange, blob[len(_SUITE) : _WRAPPED], _info(vault, keys.officer, form))
    except primitives.Unsound:
        raise Damaged("vault.damaged", table=Table.DRAFT) from None
    return open_json(Key(key), _place(vault, keys.officer, form), blob[_WRAPPED:])


def _info(vault: str, officer: OfficerId, form: str) -> bytes:
    return canon("draft", vault, officer, form)


def _place(vault: str, officer: OfficerId, form: str) -> Place:
    return Place(vault, Table.DRAFT, form, Group.CONTENT, bound=(officer,))
