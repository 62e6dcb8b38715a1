"""Cells: founding them, giving and taking away their keys, beginning epochs. The organisation is a member of each."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record, record_all
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import models, queries, rights
from ojakgyo.apps.vault.queries import Vouched
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CellFounded, CellRemoved, EpochBegun, GrantWithdrawn, KeyGranted
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys, check_vouched
from ojakgyo.domain.sealing.organisation import ORGANISATION
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId


@dataclass(frozen=True, slots=True)
class Turn:
    """A cell's next epoch, ready to be written: its grants, and the seed before it under the new key."""

    key: CellKey
    before: bytes
    given: tuple[Grant, ...]
    withdrawn: frozenset[OfficerId]


def found_cell(desk: Desk, *, side: Side, number: int, area: AreaId, members: Collection[OfficerId]) -> CellId:
    """Make a cell's first seed and wrap it for its members; the officer at the desk signs each grant.

    A member whose public keys nobody vouches for is ``Damaged``, and no cell is made.
    """
    rights.demand_manager(desk.actor, queries.roles(desk))
    if models.Cell.objects.filter(side=side, number=number).exists():
        raise Refused("vault.cell_exists")
    to = _active(members)
    key = CellKey(CellId(new_id()), 1, secrets.token_bytes(32))
    given = grants_for(key, frozenset(to), by=desk.keyring.officer_keys)
    return keep_cell(desk, key=key, side=side, number=number, area=area, given=given, to=to)


def grant_key(desk: Desk, *, cell: CellId, officer: OfficerId) -> CellId:
    """Give an officer the key of a cell that opens at this desk."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    to = _active([officer])
    key = desk.keyring.cell_key(cell)
    (given,) = grants_for(key, frozenset(to), by=desk.keyring.officer_keys, organisation=False)
    return keep_grant(desk, grant=given, to=to)


def _active(members: Collection[OfficerId]) -> dict[OfficerId, PublicKeys]:
    """The members with their public keys. One may not sit down: ``Refused``."""
    sitting = queries.active()
    if not sitting.keys() >= frozenset(members):
        raise Refused("vault.officer_gone")
    return {member: sitting[member] for member in members}


def _check_still(desk: Desk, to: Mapping[OfficerId, PublicKeys]) -> None:
    """Inside the transaction of an act: who gives still may, and who is given to is there, with the same keys."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if _active(to) != to:
        raise Refused("vault.officer_gone")


def withdraw_key(desk: Desk, *, cell: CellId, officer: OfficerId) -> CellId:
    """Take an officer's key to a cell away: everybody else is given a new one. What was read is known; this is for later."""
    members = queries.holders(cell)
    if officer not in members:
        raise Refused("vault.officer_gone")
    if members == {officer}:
        raise Refused("vault.last_member")
    return begin_epoch(desk, cell=cell, without=officer)


def begin_epoch(desk: Desk, *, cell: CellId, without: OfficerId | None = None) -> CellId:
    """A new key for a cell that opens at this desk. The chores seal what lies under the old one again."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    return keep_epoch(desk, turn=turned(desk, cell=cell, without=without), owed=False)


def turned(desk: Desk, *, cell: CellId, without: OfficerId | None = None) -> Turn:
    """Draw the next epoch for everybody who holds this one, `without` excepted. Writes nothing."""
    old, by = desk.keyring.cell_key(cell), desk.keyring.officer_keys
    key = old.after(secrets.token_bytes(32))
    held = queries.holders(cell)
    return Turn(
        key=key,
        before=grants.keep_before(key, old, settings.OJAK_VAULT_ID, nonce=secrets.token_bytes(12)),
        given=grants_for(key, held - {without}, by=by),
        withdrawn=held & {without},
    )


def grants_for(
    key: CellKey, members: frozenset[OfficerId], *, by: OfficerKeys, organisation: bool = True
) -> tuple[Grant, ...]:
    """A grant for each, and for the organisation where it has keys. Public keys that nobody vouches for: ``Damaged``."""
    known = queries.vouched(members)
    if len(known) != len(members):
        raise Refused("vault.officer_gone")
    own = queries.organisation() if organisation else None
    for_all = (grants.give(key, settings.OJAK_VAULT_ID, to=ORGANISATION, public=own, by=by),) if own else ()
    return (*(_granted(key, to=member, by=by) for member in known), *for_all)


def _granted(key: CellKey, *, to: Vouched, by: OfficerKeys) -> Grant:
    voucher = by.public if to.by == by.officer else to.by_public
    check_vouched(voucher, settings.OJAK_VAULT_ID, to.officer, to.public, to.signature)
    return grants.give(key, settings.OJAK_VAULT_ID, to=to.officer, public=to.public, by=by)


def grant_organisation(desk: Desk, cell: CellId) -> None:
    """Give the organisation the epochs of a cell it has no grant of: its keys were drawn after the cell was founded."""
    public, held = queries.organisation(), queries.organisation_epochs(cell)
    latest = desk.keyring.cell_key(cell).epoch
    if public is None or held >= frozenset(range(1, latest + 1)):
        return
    by, owed = desk.keyring.officer_keys, sorted(frozenset(range(1, latest + 1)) - held)
    keys = [desk.keyring.cell_key(cell, epoch) for epoch in owed]
    given = tuple(grants.give(key, settings.OJAK_VAULT_ID, to=ORGANISATION, public=public, by=by) for key in keys)
    keep_organisation_grants(desk, given=given)


@action
def keep_organisation_grants(desk: Desk, *, given: tuple[Grant, ...]) -> None:
    """Write the grants that the secret behind the shares opens."""
    for grant in given:
        _keep(desk, grant)
        record(desk, KeyGranted(cell=grant.cell, officer=ORGANISATION, epoch=grant.epoch))


@action
def keep_cell(
    desk: Desk,
    *,
    key: CellKey,
    side: Side,
    number: int,
    area: AreaId,
    given: Collection[Grant],
    to: Mapping[OfficerId, PublicKeys],
) -> CellId:
    """Write a new cell and the grants of its first epoch; `to`: for which public keys they were made."""
    _check_still(desk, to)
    return write_cell(desk, key=key, side=side, number=number, area=area, given=given)


def write_cell(desk: Desk, *, key: CellKey, side: Side, number: int, area: AreaId, given: Collection[Grant]) -> CellId:
    """A new cell and the grants of its first epoch, inside the transaction of an act that has looked who may."""
    models.Cell.objects.create(
        id=key.cell, side=side, number=number, area=area, epoch=key.epoch, inbox_public=key.inbox_public()
    )
    record(desk, CellFounded(cell=key.cell, area=area))
    for grant in given:
        _keep(desk, grant)
    return key.cell


def remove_cells(desk: Desk, cells: Collection[CellId]) -> None:
    """Cells nobody is in and nobody else was given, inside the transaction of an act: their keys go with their grants."""
    for rows in (models.Grant, models.OrganisationGrant, models.CellEpoch):
        rows.objects.filter(cell_id__in=cells).delete()
    models.Cell.objects.filter(pk__in=cells).delete()
    record_all(desk, [CellRemoved(cell=cell) for cell in sorted(cells)])


@action
def keep_grant(desk: Desk, *, grant: Grant, to: Mapping[OfficerId, PublicKeys]) -> CellId:
    """Write one grant of the present epoch. The epoch or the member is another meanwhile, or holds it: ``Refused``."""
    _check_still(desk, to)
    if not models.Cell.objects.filter(id=grant.cell, epoch=grant.epoch).exists():
        raise Refused("house.busy")
    if grant.officer in queries.holders(grant.cell):
        raise Refused("vault.held_already")
    _keep(desk, grant)
    return grant.cell


@action
def keep_epoch(desk: Desk, *, turn: Turn, owed: bool) -> CellId:
    """Write a cell's next epoch. `owed`: since a member was removed; then whoever holds the key may, whatever the role."""
    if not (owed and models.Cell.objects.filter(id=turn.key.cell, must_rotate=True).exists()):
        rights.demand_manager(desk.actor, queries.roles(desk))
    return write_epoch(desk, turn)


def write_epoch(desk: Desk, turn: Turn) -> CellId:
    """Inside the transaction of an act. Another epoch, or another member, came in between: ``Refused``."""
    key = turn.key
    here = models.Cell.objects.filter(id=key.cell, epoch=key.epoch - 1)
    before = queries.holders(key.cell)
    now = {grant.officer for grant in turn.given if grant.officer != ORGANISATION}
    if before - turn.withdrawn != now or not here.update(
        epoch=key.epoch, inbox_public=key.inbox_public(), must_rotate=False
    ):
        raise Refused("house.busy")
    models.CellEpoch.objects.create(cell_id=key.cell, epoch=key.epoch, before=turn.before, began_ms=desk.now)
    models.Grant.objects.filter(cell=key.cell).delete()  # the present key opens the earlier ones
    record(desk, EpochBegun(cell=key.cell, epoch=key.epoch))
    for officer in sorted(turn.withdrawn):
        record(desk, GrantWithdrawn(cell=key.cell, officer=officer))
    for grant in turn.given:
        _keep(desk, grant)
    return key.cell


def _keep(desk: Desk, grant: Grant) -> None:
    common = {
        "cell_id": grant.cell,
        "epoch": grant.epoch,
        "wrapped": grant.wrapped,
        "granted_by_id": grant.granted_by,
        "signature": grant.signature,
    }
    if grant.officer == ORGANISATION:
        models.OrganisationGrant.objects.create(**common)
        return
    models.Grant.objects.create(officer_id=grant.officer, **common)
    record(desk, KeyGranted(cell=grant.cell, officer=grant.officer, epoch=grant.epoch))
