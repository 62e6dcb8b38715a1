"""Rows of the chronicle: facts and their head, who has read how far, what got stuck, and every due thing in the house."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import (
    DigestField,
    DottedField,
    EnumField,
    IdField,
    InstantField,
    OpenBytesField,
)


class Entry(models.Model):
    """One fact, in the order in which it was recorded. Triggers refuse every change but blanking body and salt."""

    seq = models.BigIntegerField(primary_key=True)
    kind = DottedField()
    v = models.PositiveSmallIntegerField()
    actor = DottedField()
    recorded_ms = InstantField()
    salt = OpenBytesField(max_length=16, null=True)
    body = OpenBytesField(null=True)
    inner = DigestField()
    hash = DigestField()

    class Meta:
        indexes = (models.Index(fields=("kind", "seq"), name="entry_kind_seq"),)


class Head(models.Model):
    """The end of the chain; one row. Locked as the last step before a fact is inserted."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = DigestField()


class Bookmark(models.Model):
    """How far one reader has read."""

    reader = DottedField(primary_key=True)
    seq = models.BigIntegerField()


class StuckState(StrEnum):
    TRYING = "trying"
    STUCK = "stuck"
    AGAIN = "again"
    """An officer wants it tried once more."""
    SETTLED = "settled"


class Stuck(models.Model):
    """A fact one reader failed at: tried again with backoff, after five times left behind until an officer settles it.

    `due` is the row of `Due` where it was no fact that failed; `seq` is then the newest fact of that moment.
    """

    reader = DottedField()
    seq = models.BigIntegerField()
    due = models.BigIntegerField(null=True)
    code = DottedField()
    tries = models.PositiveSmallIntegerField(default=0)
    again_ms = InstantField(default=0)
    state = EnumField(StuckState, default=StuckState.TRYING)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("reader", "seq"), condition=models.Q(due__isnull=True), name="stuck_once_a_fact"
            ),
            models.UniqueConstraint(
                fields=("due",), condition=models.Q(due__isnull=False), name="stuck_once_a_due_row"
            ),
        )


class DueState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    STUCK = "stuck"
    DROPPED = "dropped"


class Due(models.Model):
    """Something that falls due. `key` makes it unique for ever; `about` is the id it concerns."""

    key = DottedField(max_length=96, unique=True)
    kind = DottedField()
    about = IdField()
    due_ms = InstantField()
    run_id = IdField(default=0)
    leased_until_ms = InstantField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    state = EnumField(DueState, default=DueState.WAITING)

    class Meta:
        indexes = (models.Index(fields=("due_ms", "kind"), condition=models.Q(state="waiting"), name="due_by_time"),)


class Seen(models.Model):
    """Until when the house was at work; one row. Its clock never goes back behind it."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at_ms = InstantField()
