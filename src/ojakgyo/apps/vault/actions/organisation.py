"""The organisation: its public keys kept, its shares drawn anew, and an officer brought back by them.

The organisation signs no row itself, since a row's hand is an officer's. What its grants open is given to an officer
who comes back under that officer's own new hand.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import header, models, queries
from ojakgyo.apps.vault.actions.officers import columns, locked, void_entries
from ojakgyo.apps.vault.actions.requests import lapse_requests_of
from ojakgyo.apps.vault.actions.taking_over import TakenOver, signed_again
from ojakgyo.apps.vault.queries.cells import organisation_grants
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import KeyGranted, OfficerKeysRenewed, SecondFactorRemoved, SlotKind, SlotMade
from ojakgyo.domain.sealing import grants, officers
from ojakgyo.domain.sealing.grants import Grant
from ojakgyo.domain.sealing.officers import Lock, OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import OfficerId, Seq


@dataclass(frozen=True, slots=True)
class Recovery:
    """An officer's new keys, ready to be written, and every signature that stands under them from then on."""

    lock: Lock
    bundle: bytes
    before: bytes
    """The salt of the old bundle."""
    vouched: bytes
    taken: TakenOver
    own: tuple[Grant, ...]
    slot: tuple[bytes, int] | None
    """An opener's own slot of vault.json, and the generation it came with."""


@action
def keep_organisation(desk: Desk, *, public: PublicKeys, generation: int) -> Seq:
    """Write the public keys of the organisation, whose private ones come of the shares; from now on cells are granted to it."""
    models.Organisation.objects.update_or_create(
        only=1, defaults={"exchange_public": public.exchange, "signing_public": public.signing}
    )
    return record(desk, SlotMade(slot=SlotKind.SHARES, officer=None, generation=generation))


@action
def note_slot(desk: Desk, *, slot: SlotKind, generation: int) -> Seq:
    """A way in that is nobody's own was made: the passphrase, or another set of shares."""
    return record(desk, SlotMade(slot=slot, officer=None, generation=generation))


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many cells open again; and how many signatures and grants did not hold, and were left as they are."""

    cells: int
    left: int


def recover_officer(desk: Desk, *, officer: OfficerId, organisation: OfficerKeys, password: str) -> Recovered:
    """Give an officer new keys under a new password, and every cell the organisation holds.

    What does not hold is left out and counted: one damaged row keeps nobody outside. Who was suspended or removed is not
    brought back by it: ``Refused``.
    """
    row = models.Officer.objects.filter(id=officer).first()
    if row is None or row.state == OfficerState.REMOVED:
        raise Refused("vault.officer_gone")
    if row.state != OfficerState.ACTIVE:
        raise Refused("vault.officer_suspended")
    keys = OfficerKeys.drawn(officer, secrets.token_bytes)
    lock, bundle = locked(keys, password)
    vouched = officers.vouch(keys, settings.OJAK_VAULT_ID, officer, keys.public)
    taken = signed_again(officer, by=keys, organisation=organisation.public)
    own, closed = _own(organisation, keys)
    with header.one_at_a_time:
        slot = _own_slot(desk, row.slot, keys, password)
        cells = keep_recovery(desk, recovery=Recovery(lock, bundle, row.salt, vouched, taken, own, slot))
    return Recovered(cells, taken.left + closed)


def _own(organisation: OfficerKeys, keys: OfficerKeys) -> tuple[tuple[Grant, ...], int]:
    """The present epoch of each cell, given by the officer to the officer; and of how many the grant does not open.

    Not one opens: ``Damaged``. Then it is the secret that is another's, and not a row that is damaged.
    """
    epochs = dict(models.Cell.objects.values_list("id", "epoch"))
    present = [(each, giver) for each, giver in organisation_grants() if epochs.get(each.cell) == each.epoch]
    opened, closed = [], []
    for each, giver in present:
        try:
            opened.append(grants.take(each, keys=organisation, giver=giver))
        except Damaged as error:
            closed.append(error)
    if closed and not opened:
        raise closed[0]
    vault = settings.OJAK_VAULT_ID
    given = tuple(grants.give(key, vault, to=keys.officer, public=keys.public, by=keys) for key in opened)
    return given, len(closed)


def _own_slot(desk: Desk, slot: bytes | None, keys: OfficerKeys, password: str) -> tuple[bytes, int] | None:
    """An opener's way in, under the new password and with the new keys in it."""
    home = Path(settings.HOME)
    if slot is None or slot not in header.ways_in(home).openers:
        return None
    known = queries.slots()
    made = header.opener_slot(home, desk.keyring.ring, keys, password, instead_of=slot, known=known)
    return made, header.ways_in(home).generation


@action
def keep_recovery(desk: Desk, *, recovery: Recovery) -> int:
    """Write new keys in the place of lost ones, unless another change came first."""
    officer = recovery.lock.officer
    values = {**columns(recovery.lock, recovery.bundle), "enrolled_by": officer, "vouched": recovery.vouched}
    if not models.Officer.objects.filter(id=officer, salt=recovery.before).update(**values):
        raise Refused("house.busy")
    for id, vouched in recovery.taken.enrolled:
        models.Officer.objects.filter(id=id).update(vouched=vouched)
    for grant in recovery.taken.given:
        models.Grant.objects.filter(cell=grant.cell, epoch=grant.epoch, officer=grant.officer).update(
            signature=grant.signature
        )
    for grant in recovery.taken.to_organisation:
        models.OrganisationGrant.objects.filter(cell=grant.cell, epoch=grant.epoch).update(signature=grant.signature)
    void_entries(desk, officer)
    lapse_requests_of(desk, officer)
    record(desk, OfficerKeysRenewed(officer=officer))
    _drop_factor(desk, officer)
    _keep_own(desk, recovery.own, officer)
    if recovery.slot is not None:
        slot, generation = recovery.slot
        models.Officer.objects.filter(id=officer).update(slot=slot)
        record(desk, SlotMade(slot=SlotKind.OPENER, officer=officer, generation=generation))
    return len(recovery.own)


def _drop_factor(desk: Desk, officer: OfficerId) -> None:
    """Whoever lost the password may have lost the phone as well."""
    if models.SecondFactor.objects.filter(officer=officer).delete()[0]:
        record(desk, SecondFactorRemoved(officer=officer))


def _keep_own(desk: Desk, own: tuple[Grant, ...], officer: OfficerId) -> None:
    """In the place of what only the lost keys opened."""
    models.Grant.objects.filter(officer=officer).delete()
    for grant in own:
        models.Grant.objects.create(
            cell_id=grant.cell,
            epoch=grant.epoch,
            officer_id=officer,
            wrapped=grant.wrapped,
            granted_by_id=officer,
            signature=grant.signature,
        )
        record(desk, KeyGranted(cell=grant.cell, officer=officer, epoch=grant.epoch))
