"""Cells, and the grants that lead into them."""

from django.conf import settings
from django.db.models import F

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.queries.officers import public_of
from ojakgyo.apps.vault.values import CellLine, Side
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.grants import Grant
from ojakgyo.domain.sealing.keyring import Held
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId


def cells(desk: Desk) -> tuple[CellLine, ...]:
    """Every cell, by its code."""
    return tuple(
        CellLine(CellId(row.id), Side(row.side), row.number, AreaId(row.area), row.epoch)
        for row in models.Cell.objects.order_by("side", "number")
    )


def held(id: OfficerId) -> Held:
    """The grants that lead an officer into cells in their present epoch; each is worth what its opening shows."""
    rows = models.Grant.objects.filter(officer=id, epoch=F("cell__epoch")).select_related("granted_by")
    return {CellId(row.cell_id): (_grant(row), public_of(row.granted_by)) for row in rows}


def _grant(row: models.Grant) -> Grant:
    return Grant(
        vault=settings.OJAK_VAULT_ID,
        cell=CellId(row.cell_id),
        epoch=row.epoch,
        officer=OfficerId(row.officer_id),
        wrapped=row.wrapped,
        granted_by=OfficerId(row.granted_by_id),
        signature=row.signature,
    )
