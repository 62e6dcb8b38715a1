"""Cells, and each member's way in."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField, OpenBytesField, SealedField
from ojakgyo.apps.vault.models.officers import Officer


class Side(StrEnum):
    """Which side of the border a cell works on."""

    NORTH = "N"
    CHINA = "C"


class Cell(models.Model):
    """A compartment: a group and its key, new in each epoch. Its code (N-2) is side and number.

    `must_rotate`: a member was removed by somebody without this cell's key; the next member to sit down begins an epoch.
    """

    id = IdField.primary()
    side = EnumField(Side)
    number = models.PositiveSmallIntegerField()
    area = IdField()
    epoch = models.PositiveSmallIntegerField(default=1)
    inbox_public = OpenBytesField(max_length=32)
    must_rotate = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("side", "number"), name="cell_code"),)


class Grant(models.Model):
    """The cell's seed of one epoch, wrapped for one officer and signed by whoever gave it; verified on opening."""

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="grants")
    epoch = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="grants")
    wrapped = SealedField()
    granted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="granted")
    signature = OpenBytesField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("cell", "epoch", "officer"), name="grant_once"),)


class CellEpoch(models.Model):
    """An epoch after the first. `before`: the seed of the one before it, under this epoch's wrap key."""

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="epochs")
    epoch = models.PositiveSmallIntegerField()
    before = SealedField()
    began_ms = InstantField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("cell", "epoch"), name="cell_epoch_once"),)


class Organisation(models.Model):
    """The organisation's public keys; the private halves come of the shares and are never kept. One row."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    exchange_public = OpenBytesField(max_length=32)
    signing_public = OpenBytesField(max_length=32)


class OrganisationGrant(models.Model):
    """The cell's seed wrapped for the organisation: what the shares open when no member is left."""

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="organisation_grants")
    epoch = models.PositiveSmallIntegerField()
    wrapped = SealedField()
    granted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    signature = OpenBytesField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("cell", "epoch"), name="organisation_grant_once"),)
