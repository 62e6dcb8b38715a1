"""Changing one's password: the same keys, sealed under other words."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import header, models, queries
from ojakgyo.apps.vault.actions.officers import columns, locked, void_entries
from ojakgyo.apps.vault.actions.sessions import open_own
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PasswordChanged, SlotKind, SlotMade
from ojakgyo.domain.sealing.officers import Lock, OfficerKeys
from ojakgyo.domain.sealing.phrases import own_password
from ojakgyo.domain.values.ids import Seq


@dataclass(frozen=True, slots=True)
class Changed:
    """Keys under a new password, ready to be written. `before`: the salt of the old one; `slot`: an opener's, renewed."""

    lock: Lock
    bundle: bytes
    before: bytes
    slot: tuple[bytes, int] | None
    """Its id, and the generation of vault.json it came with."""


def change_password(desk: Desk, *, here: bytes | None, old: str, new: str) -> Seq:
    """Seal the keys under a new password, and end the officer's other sessions; `here`: the id of this one."""
    own_password(new)
    before = queries.bundle(queries.officer(desk, id=desk.officer).code_name)
    if before is None:
        raise Refused("vault.no_session")
    with pace.knock(f"password {desk.officer}"):
        keys = open_own(desk, old)
    lock, bundle = locked(keys, new)
    # The file first: were the row first, a crash in between would say "changed" of a password that still opens the
    # house to whoever has a copy of vault.json. This way round the old one still signs in, and is changed once more.
    with header.one_at_a_time:
        slot = _slot_again(desk, keys, new)
        seq = keep_password(desk, changed=Changed(lock, bundle, before.lock.salt, slot))
    seats.end(lambda seat: seat.officer == keys.officer and seat.id != here)
    return seq


def _slot_again(desk: Desk, keys: OfficerKeys, new: str) -> tuple[bytes, int] | None:
    """An opener's own slot under the new password, in the place of the old one; None where there is none."""
    home, row = Path(settings.HOME), models.Officer.objects.get(id=desk.officer)
    if row.slot is None or row.slot not in header.ways_in(home).openers:
        return None
    slot = header.opener_slot(home, desk.keyring.ring, keys, new, instead_of=row.slot)
    return slot, header.ways_in(home).generation


@action
def keep_password(desk: Desk, *, changed: Changed) -> Seq:
    """Write the newly sealed keys, unless another change came first; one-time ways in of the officer are void."""
    row = models.Officer.objects.filter(id=desk.officer, salt=changed.before)
    if not row.update(**columns(changed.lock, changed.bundle)):
        raise Refused("house.busy")
    void_entries(desk, desk.officer)
    if changed.slot is not None:
        slot, generation = changed.slot
        models.Officer.objects.filter(id=desk.officer).update(slot=slot)
        record(desk, SlotMade(slot=SlotKind.OPENER, officer=desk.officer, generation=generation))
    return record(desk, PasswordChanged(officer=desk.officer))
