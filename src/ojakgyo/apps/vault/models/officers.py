"""Officers. There is no password column: signing in is opening the key bundle."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, OpenBytesField, SealedField
from ojakgyo.domain.values import roles


class Officer(AbstractBaseUser):
    """A user of the desk. `bundle`: the private keys, sealed under the password; `vouched`: the enroller's hand."""

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

    USERNAME_FIELD = "id"

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "number"), name="officer_code_name"),)


class OfficerRole(models.Model):
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roles")
    role = EnumField(roles.OfficerRole)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("officer", "role"), name="officer_role_once"),)
