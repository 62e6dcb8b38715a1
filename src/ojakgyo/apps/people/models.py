"""Persons and their roles; what they are really called lies sealed, under a key of each person's own."""

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.vault.models import Cell
from ojakgyo.domain.values import roles


class Person(models.Model):
    """Any human the desk knows, by code name: index of the word in our list, and a number (0: none).

    `forgotten_ms`: when the name was forgotten for ever; the code name stays, and is nobody else's.
    """

    id = IdField.primary()
    word = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=0)
    forgotten_ms = InstantField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "number"), name="person_code_name"),)


class FormerName(models.Model):
    """A code name of somebody whom an import brought and took back: it is not drawn again for anybody else."""

    word = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "number"), name="former_code_name"),)


class PersonRole(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = EnumField(roles.PersonRole)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "role"), name="person_role_once"),)


class PersonKey(models.Model):
    """A person's data key, wrapped for one cell in one epoch. `drawn_ms`: since when this data key is used."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    epoch = models.PositiveSmallIntegerField()
    wrapped = SealedField()
    drawn_ms = InstantField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "cell"), name="person_key_once"),)
        indexes = (models.Index(fields=("cell", "epoch"), name="person_key_epoch"),)


class RealName(models.Model):
    """Name, other names and a note: one blob under the person's data key. Names stand nowhere else."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="real_name")
    ident = SealedField()
