"""Addresses, wake-up calls to be sent, the mail server's login, the outside watcher, and the practice world's sink."""

from enum import StrEnum
from typing import Final

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField, SealedField
from ojakgyo.domain.facts import WakeKind, WayKind


class Tried(models.Model):
    """Whether a way wakes: when a test was last sent, when the officer said that it woke them; and its quiet hours.

    Quiet hours are minutes of the UTC day, the same twice for none; only amber keeps them.
    """

    quiet_from = models.PositiveSmallIntegerField(default=0)
    quiet_to = models.PositiveSmallIntegerField(default=0)
    tested_ms = InstantField(null=True)
    answered_ms = InstantField(null=True)

    class Meta:
        abstract = True


class Address(Tried):
    """Where an officer is woken by mail, under RING.sys."""

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


class Way(Tried):
    """One more way to wake an officer, under RING.sys: its address, and the key a webhook is signed with."""

    id = IdField.primary()
    officer = IdField()
    way = EnumField(WayKind)
    address = SealedField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("officer", "way"), name="way_once"),)


class OnCall(models.Model):
    """Who is woken first, from when to when."""

    officer = IdField()
    opens_ms = InstantField()
    closes_ms = InstantField()

    class Meta:
        indexes = (models.Index(fields=("closes_ms",), name="on_call_closes"),)


class WakeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


ALONG: Final = 0


class Wake(models.Model):
    """One wake-up call: due in the transaction that made it so, sent outside of any.

    For a `warning`, or for the silence of a `window`; neither: a test. A round is one row for each `way` of the officer;
    null: by mail, from before there were others.

    `again_ms`: when to try again; once sent, when that was. `run_id`: whose lease it is; once sent, by which run, and
    `ALONG` where nothing was sent for it because the same officer had just been called for another silence.
    """

    id = IdField.primary()
    warning = IdField(null=True)
    window = models.BigIntegerField(null=True)
    way = EnumField(WayKind, null=True)
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
        constraints = (
            models.UniqueConstraint(fields=("warning", "round", "way"), name="wake_once"),
            models.UniqueConstraint(fields=("window", "round", "way"), name="wake_once_a_silence"),
        )


class SunkKind(StrEnum):
    MAIL = "mail"
    PING = "ping"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


class Sunk(models.Model):
    """What would have left a practice world."""

    kind = EnumField(SunkKind)
    officer = IdField(null=True)
    at_ms = InstantField()
