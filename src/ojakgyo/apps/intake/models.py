"""Files that were read, what each brought, and which column was what in a file with such a head."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, DottedField, EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.vault.models import Officer
from ojakgyo.domain.intake.staying import Why


class BatchState(StrEnum):
    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


class Batch(models.Model):
    """One file. `content`, its tables and what was chosen about them, opens with the keys of `officer` alone.

    It is gone once the batch is applied or dropped. Its facts lie after `began_seq`, up to `applied_seq`.
    """

    id = IdField.primary()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    state = EnumField(BatchState, default=BatchState.STAGED)
    content = SealedField(null=True)
    rows = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    staged_ms = InstantField()
    applied_ms = InstantField(null=True)
    began_seq = models.BigIntegerField(null=True)
    applied_seq = models.BigIntegerField(null=True)
    people = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    links = models.PositiveIntegerField(default=0)
    cells = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("officer", "staged_ms"), name="batch_officer"),)


class Sort(StrEnum):
    PERSON = "person"
    LINE = "line"
    CELL = "cell"
    AREA = "area"
    PLAN = "plan"
    """`about` is the person."""
    ROUTE = "route"
    NOTICER = "noticer"
    """`about` is the person who is watched over."""
    ASIDE = "aside"
    """`about` is the person."""
    LEAD = "lead"
    """`about` is the cell."""
    WINDOW = "window"
    """The first window of a plan."""
    LINK = "link"
    """Only of one that stayed when the batch was taken back."""


class Brought(models.Model):
    """Something that came with a batch; links say so themselves. `why`: it stayed when that was taken back, and why.

    `row`: of a person, in the file, counted as a spreadsheet counts.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="brought")
    sort = EnumField(Sort)
    about = IdField()
    why = EnumField(Why, null=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sort", "about"), name="brought_once"),)


class Remembered(models.Model):
    """In a sheet whose head has this digest, the column at this place was that; an empty `column`: it was left out."""

    head = DigestField()
    place = models.PositiveSmallIntegerField()
    column = DottedField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("head", "place"), name="remembered_once"),)
