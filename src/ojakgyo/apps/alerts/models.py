"""Addresses, wake-up calls to be sent, the mail server's login, the outside watcher, and the practice world's sink."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField, SealedField
from ojakgyo.domain.facts import WakeKind


class Address(models.Model):
    """Where an officer is woken, under RING.sys."""

    officer = IdField(primary_key=True)
    address = SealedField()


WATCHER_ROW = 0
"""The row its blob is sealed for."""


class Watcher(models.Model):
    """The outside watcher's address, under RING.sys; one row."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    address = SealedField()


RELAY_ROW = 1
"""The row its blob is sealed for."""


class Relay(models.Model):
    """The login for the mail server, under RING.sys; one row."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    login = SealedField()


class WakeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Wake(models.Model):
    """One wake-up call: due in the transaction that turned the warning red, sent outside of any."""

    id = IdField.primary()
    warning = IdField()
    officer = IdField()
    kind = EnumField(WakeKind)
    round = models.PositiveSmallIntegerField()
    due_ms = InstantField()
    state = EnumField(WakeState, default=WakeState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    again_ms = InstantField(default=0)
    run_id = IdField(default=0)
    leased_until_ms = InstantField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("warning", "round"), name="wake_once"),)


class SunkKind(StrEnum):
    MAIL = "mail"
    PING = "ping"


class Sunk(models.Model):
    """What would have left a practice world."""

    kind = EnumField(SunkKind)
    officer = IdField(null=True)
    at_ms = InstantField()
