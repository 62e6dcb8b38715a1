"""New keys for an officer who has lost the password. There is no other way in: nobody else can open the old ones.

What the old keys had signed is signed again by whoever renews. What was given to them falls, and is granted again cell
by cell.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import header, models, queries, rights
from ojakgyo.apps.vault.actions.officers import columns, locked, void_entries
from ojakgyo.apps.vault.actions.requests import lapse_requests_of
from ojakgyo.apps.vault.actions.roles import without_way_in
from ojakgyo.apps.vault.actions.taking_over import TakenOver, taken_over, write_taken_over
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import OfficerKeysRenewed, SlotKind, SlotRemoved
from ojakgyo.domain.sealing.officers import Lock, OfficerKeys, vouch
from ojakgyo.domain.values.ids import OfficerId


@dataclass(frozen=True, slots=True)
class Renewal:
    """New keys, ready to be written. `before`: the salt of the old bundle; `generation`: of vault.json, had it a slot."""

    lock: Lock
    bundle: bytes
    before: bytes
    vouched: bytes
    taken: TakenOver
    generation: int | None


def renew_keys(desk: Desk, *, officer: OfficerId, password: str) -> OfficerId:
    """Draw an officer a new pair under a new password, and end their sessions. Of oneself: ``Refused``."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if officer == desk.officer:
        raise Refused("vault.not_yourself")
    row = models.Officer.objects.filter(id=officer, state=OfficerState.ACTIVE).first()
    if row is None:
        raise Refused("vault.officer_gone")
    keys = OfficerKeys.drawn(officer, secrets.token_bytes)
    lock, bundle = locked(keys, password)
    vouched = vouch(desk.keyring.officer_keys, settings.OJAK_VAULT_ID, officer, keys.public)
    taken = taken_over(desk, officer)
    with header.one_at_a_time:  # an opener's slot holds the old keys; the new ones make their own at the next sign-in
        renewal = Renewal(lock, bundle, row.salt, vouched, taken, without_way_in(desk, officer))
        keep_renewal(desk, renewal=renewal)
    seats.end_of(officer)
    return officer


@action
def keep_renewal(desk: Desk, *, renewal: Renewal) -> OfficerId:
    """Write new keys in the place of the old ones, unless another change came first."""
    officer = renewal.lock.officer
    rows = models.Officer.objects.filter(id=officer, salt=renewal.before, state=OfficerState.ACTIVE)
    values = columns(renewal.lock, renewal.bundle)
    if not rows.update(enrolled_by=desk.officer, vouched=renewal.vouched, slot=None, **values):
        raise Refused("house.busy")
    models.Grant.objects.filter(officer=officer).delete()
    write_taken_over(desk, renewal.taken)
    void_entries(desk, officer)
    lapse_requests_of(desk, officer)
    if renewal.generation is not None:
        record(desk, SlotRemoved(slot=SlotKind.OPENER, officer=officer, generation=renewal.generation))
    record(desk, OfficerKeysRenewed(officer=officer))
    return officer
