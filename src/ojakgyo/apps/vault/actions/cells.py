"""Founding cells."""

import secrets
from collections.abc import Collection

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import models, queries
from ojakgyo.apps.vault.queries import Vouched
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CellFounded, KeyGranted
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.officers import OfficerKeys, check_vouched
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId


def found_cell(desk: Desk, *, side: Side, number: int, area: AreaId, members: Collection[OfficerId]) -> CellId:
    """Make a cell's first seed and wrap it for its members; the officer at the desk signs each grant.

    A member whose public keys nobody vouches for is ``Damaged``, and no cell is made.
    """
    giver = desk.keyring.officer_keys
    known = queries.vouched(frozenset(members))
    if len(known) != len(set(members)):
        raise Refused("vault.not_held")
    key = CellKey(CellId(new_id()), 1, secrets.token_bytes(32))
    given = tuple(_granted(key, to=member, by=giver) for member in known)
    return keep_cell(desk, key=key, side=side, number=number, area=area, given=given)


def _granted(key: CellKey, *, to: Vouched, by: OfficerKeys) -> Grant:
    voucher = by.public if to.by == by.officer else to.by_public
    check_vouched(voucher, settings.OJAK_VAULT_ID, to.officer, to.public, to.signature)
    return grants.give(key, settings.OJAK_VAULT_ID, to=to.officer, public=to.public, by=by)


@action
def keep_cell(desk: Desk, *, key: CellKey, side: Side, number: int, area: AreaId, given: Collection[Grant]) -> CellId:
    """Write a new cell and the grants of its first epoch."""
    models.Cell.objects.create(
        id=key.cell, side=side, number=number, area=area, epoch=key.epoch, inbox_public=key.inbox_public()
    )
    record(desk, CellFounded(cell=key.cell, area=area))
    for grant in given:
        models.Grant.objects.create(
            cell_id=grant.cell,
            epoch=grant.epoch,
            officer_id=grant.officer,
            wrapped=grant.wrapped,
            granted_by_id=grant.granted_by,
            signature=grant.signature,
        )
        record(desk, KeyGranted(cell=grant.cell, officer=grant.officer, epoch=grant.epoch))
    return key.cell
