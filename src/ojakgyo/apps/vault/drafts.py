"""What an officer has half typed: laid by with or without keys, taken up with them alone."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings

from ojakgyo.apps.vault.drawers import SCRATCH, drawers
from ojakgyo.apps.vault.queries import public
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import drafts

LARGEST: Final = 16_384
"""Letters of one form, all fields together."""
Fields = Mapping[str, Sequence[str]]


def lay_by(desk: Desk, form: str, fields: Fields, *, to: str = "") -> None:
    """Keep what is half typed; nothing typed, or too much of it: nothing is kept."""
    size = sum(len(value) for values in fields.values() for value in values)
    if not size or size > LARGEST:
        drawers.drop(desk.officer, form)
        return
    key, nonce, typed = secrets.token_bytes(32), secrets.token_bytes(12), {each: list(fields[each]) for each in fields}
    own = public(desk.officer)
    blob = drafts.lay_by(own, settings.OJAK_VAULT_ID, desk.officer, form, typed, key=key, nonce=nonce)
    drawers.put(desk.officer, form, blob, to=to)


def taken_up(desk: Desk, form: str) -> Fields | None:
    """What was half typed, for who has the keys in hand; None where there is nothing that they open."""
    blob = drawers.find(desk.officer, form)
    if blob is None or desk.keyring.keys is None:
        return None
    try:
        return drafts.take_up(desk.keyring.keys, settings.OJAK_VAULT_ID, form, blob)
    except (Damaged, NotHeld):  # laid by before the officer got new keys
        drawers.drop(desk.officer, form)
        return None


def scratch(desk: Desk) -> str:
    """The officer's one line; empty without keys."""
    found = taken_up(desk, SCRATCH)
    return found["line"][0] if found else ""
