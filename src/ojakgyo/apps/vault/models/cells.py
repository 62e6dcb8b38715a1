"""Cells, and each member's way in."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, OpenBytesField, SealedField
from ojakgyo.apps.vault.models.officers import Officer


class Side(StrEnum):
    """Which side of the border a cell works on."""

    NORTH = "N"
    CHINA = "C"


class Cell(models.Model):
    """A compartment: a group and its key, new in each epoch. Its code (N-2) is side and number."""

    id = IdField.primary()
    side = EnumField(Side)
    number = models.PositiveSmallIntegerField()
    area = IdField()
    epoch = models.PositiveSmallIntegerField(default=1)
    inbox_public = OpenBytesField(max_length=32)

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
