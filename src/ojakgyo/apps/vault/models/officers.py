"""Officers. There is no password column: signing in is opening the key bundle."""

from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, OpenBytesField, SealedField
from ojakgyo.domain.values import roles


class OfficerState(StrEnum):
    """Whether an officer may sit down: one colleague suspends, two remove."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


class Officer(AbstractBaseUser):
    """A user of the desk. `bundle`: the private keys, sealed under the password; `vouched`: the enroller's hand.

    `slot`: the id of the officer's own slot in vault.json, for an opener.
    """

    password = None  # type: ignore[assignment]
    last_login = None  # type: ignore[assignment]

    id = IdField.primary()
    word = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=0)
    exchange_public = OpenBytesField(max_length=32)
    signing_public = OpenBytesField(max_length=32)
    enrolled_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="enrolled")
    vouched = OpenBytesField(max_length=64)
    memory_kib = models.PositiveIntegerField()
    rounds = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    salt = OpenBytesField(max_length=16)
    bundle = SealedField()
    state = EnumField(OfficerState, default=OfficerState.ACTIVE)
    state_ms = InstantField(default=0)
    slot = DigestField(max_length=8, null=True)

    USERNAME_FIELD = "id"

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "number"), name="officer_code_name"),)


class OfficerRole(models.Model):
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roles")
    role = EnumField(roles.OfficerRole)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("officer", "role"), name="officer_role_once"),)


class SecondFactor(models.Model):
    """The seed of an officer's one-time codes, under RING.sys. `last_step`: the newest code used; none is taken twice."""

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, primary_key=True, related_name="factor")
    seed = SealedField()
    last_step = models.BigIntegerField(default=0)
