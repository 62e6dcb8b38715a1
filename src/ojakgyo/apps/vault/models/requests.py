"""What takes two officers: a request, and the hands under it."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField, OpenBytesField
from ojakgyo.apps.vault.models.officers import Officer
from ojakgyo.domain.facts import RequestKind


class RequestState(StrEnum):
    OPEN = "open"
    USED = "used"
    LAPSED = "lapsed"


class Request(models.Model):
    """`about`: the officer or person it concerns, 0 for none; `argument`: the one number it needs besides (0 for none).

    `signed`: the very bytes both officers sign.
    """

    id = IdField.primary()
    kind = EnumField(RequestKind)
    about = IdField(default=0)
    argument = models.BigIntegerField(default=0)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_ms = InstantField()
    until_ms = InstantField()
    signed = OpenBytesField()
    state = EnumField(RequestState, default=RequestState.OPEN)


class RequestCell(models.Model):
    """One of the cells that a request names; its signed bytes hold the same ids."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="cells")
    cell = IdField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "cell"), name="request_cell_once"),)


class Approval(models.Model):
    """One officer's hand under a request."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="approvals")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    signature = OpenBytesField(max_length=64)
    given_ms = InstantField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "officer"), name="approval_once"),)
