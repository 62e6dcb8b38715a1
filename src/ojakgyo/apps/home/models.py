"""Shifts: what was handed over from one officer to the next."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, OpenBytesField, SealedField
from ojakgyo.apps.vault.models import Officer


class ShiftState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    LAPSED = "lapsed"
    """Another was handed over before anybody took it."""


class Shift(models.Model):
    """A brief under the hand of who went (`signature`), and of who came (`taken_hand`).

    `brief` holds no name and no reason. `words` is one line under a key of its own, wrapped for `by` and for `to` and for
    nobody else; all three are gone once the next shift is handed over, `line_digest` stays, since it is signed.
    """

    id = IdField.primary()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    upto = models.BigIntegerField()
    made_ms = InstantField()
    brief = OpenBytesField()
    words = SealedField(null=True)
    for_by = SealedField(null=True)
    for_to = SealedField(null=True)
    line_digest = DigestField()
    signature = OpenBytesField(max_length=64)
    state = EnumField(ShiftState, default=ShiftState.OPEN)
    taken_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    taken_ms = InstantField(null=True)
    taken_hand = OpenBytesField(max_length=64, null=True)

    class Meta:
        indexes = (models.Index(fields=("made_ms",), name="shift_made"),)
