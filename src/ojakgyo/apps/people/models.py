"""Persons and their roles. What they are really called is not kept in this release."""

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField
from ojakgyo.domain.values import roles


class Person(models.Model):
    """Any human the desk knows, by code name: index of the word in our list, and a number (0: none)."""

    id = IdField.primary()
    word = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "number"), name="person_code_name"),)


class PersonRole(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = EnumField(roles.PersonRole)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "role"), name="person_role_once"),)
