"""Areas, lines, places, who belongs to which cell, and the links."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.vault.models import Cell
from ojakgyo.domain.facts import LineState, LinkKind, LinkSource


class LineKind(StrEnum):
    PHONE = "phone"
    MAIL = "mail"
    WORD_OF_MOUTH = "word_of_mouth"
    """A relay carries it; there is nothing to dial."""


class Area(models.Model):
    """A coarse stretch of country, such as N3 or C1; never a place on a map."""

    id = IdField.primary()
    north = models.BooleanField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("north", "number"), name="area_once"),)


class Place(models.Model):
    """A house somebody stays in. Its address is not kept in this release."""

    id = IdField.primary()
    area = models.ForeignKey(Area, on_delete=models.PROTECT)


class Membership(models.Model):
    """A person belongs to one cell."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT)


class CellLead(models.Model):
    """Who leads a cell, and who stands in."""

    cell = models.OneToOneField(Cell, on_delete=models.PROTECT, primary_key=True, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")


class Line(models.Model):
    """A phone somebody is reached by. `index` recognises its number; `number` opens with the holder's cell's key.

    `made_with`: which RING.lines the index was made with; `epoch`: of the cell, when the
    number was sealed. Index and number are gone once the holder is forgotten.
    """

    id = IdField.primary()
    kind = EnumField(LineKind, default=LineKind.PHONE)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT)
    index = DigestField(max_length=16, unique=True, null=True)
    made_with = DigestField(max_length=8, null=True)
    number = SealedField(null=True)
    epoch = models.PositiveSmallIntegerField(default=1)
    state = EnumField(LineState, default=LineState.ACTIVE)


class Holding(models.Model):
    """Who had a line in the pocket before the present holder, from when to when; forgotten after twelve months."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    from_ms = InstantField(null=True)
    to_ms = InstantField(null=True)

    class Meta:
        indexes = (models.Index(fields=("line", "from_ms"), name="holding_line"),)


class Charge(models.Model):
    """What is on a line: until when it works, what is left on it in fen, and when it is to be topped up next."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True)
    told_ms = InstantField()
    expires_ms = InstantField(null=True)
    balance = models.PositiveIntegerField(null=True)
    topup_ms = InstantField(null=True)


class Link(models.Model):
    """`knower` knows enough to endanger `known` (each a person, line or place); `mutual`: the other way round too.

    `imprecise`: one occasion, somewhere between `first_ms` and `last_ms`. `area`: where. `batch`: the import it came with.
    """

    id = IdField.primary()
    kind = EnumField(LinkKind)
    knower = IdField()
    known = IdField()
    mutual = models.BooleanField()
    first_ms = InstantField()
    last_ms = InstantField()
    times = models.PositiveSmallIntegerField(default=1)
    source = EnumField(LinkSource, default=LinkSource.TYPED)
    imprecise = models.BooleanField(default=False)
    area = IdField(null=True)
    batch = IdField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("knower",), name="link_knower"),
            models.Index(fields=("known",), name="link_known"),
        )
