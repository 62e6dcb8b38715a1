"""Cards and what they are read by. State and own number lie in two tables under two keys: printing never meets the number."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.people.models import Person
from ojakgyo.domain.facts import ReadingResult


class CardState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"
    """The next card's first code came."""
    BURNT = "burnt"
    LOST = "lost"
    CAPTURED = "captured"


class ReplaceReason(StrEnum):
    """Why a card is to be replaced by a new one."""

    OPENER_LEFT = "opener_left"
    """An officer who could read every card of the house was removed."""
    MACHINE_LOST = "machine_lost"
    """The machine that knew every card is in other hands: the card is burnt already."""


class Card(models.Model):
    """`row` is the next unused row, counted from 0; `state` its ratchet state and replay key under RING.cards 'state'.

    A person has one card whose first code has come (`first_ms`), and one more, the next, whose first code is waited for.
    `printed_ms`, `told_ms`, `handed_ms`: when the paper was made, when an officer saw the own number to tell it, and when
    the paper went into its holder's hands. `ended_ms`: since when it is in use no more; the rows left are kept a year as
    tripwires, then the state is emptied. `throttled_ms`: since when only a challenge by voice opens it; `resync_ms`: since
    when the desk may be behind the paper. `replace_ms`, `replace_why`: since when its holder waits for a new one.
    `touched` counts every change of any card upwards, for who keeps rows in memory.
    """

    id = IdField.primary()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    row = models.PositiveIntegerField(default=0)
    state = SealedField()
    in_use = EnumField(CardState, default=CardState.ACTIVE)
    issued_ms = InstantField()
    printed_ms = InstantField(null=True)
    told_ms = InstantField(null=True)
    handed_ms = InstantField(null=True)
    first_ms = InstantField(null=True)
    ended_ms = InstantField(null=True)
    throttled_ms = InstantField(null=True)
    resync_ms = InstantField(null=True)
    replace_ms = InstantField(null=True)
    replace_why = EnumField(ReplaceReason, null=True)
    touched = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(in_use="active", first_ms__isnull=False),
                name="one_card_in_use",
            ),
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(in_use="active", first_ms__isnull=True), name="one_card_to_come"
            ),
        )


class OwnNumber(models.Model):
    """The number its holder knows by heart, under RING.cards 'number'."""

    card = models.OneToOneField(Card, on_delete=models.PROTECT, primary_key=True)
    number = SealedField()


class LateRow(models.Model):
    """A row passed over: it may still arrive for 48 hours. Kept as drawn, under RING.cards 'state', never as its state."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT)
    row = models.PositiveIntegerField()
    drawn = SealedField()
    until_ms = InstantField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("card", "row"), name="late_row_once"),)


class UsedText(models.Model):
    """Tag of a text a card has accepted: the same digits again are a replay."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT)
    row = models.PositiveIntegerField()
    tag = DigestField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("card", "tag"), name="used_text_once"),)


class Match(models.Model):
    """A text that fits a row and needs a second one: from a phone nobody knows, or on a card that may be ahead of the desk.

    `sender` is the tag of whose phone it came from; `tag` that of the text, `number` that of the own number it says;
    `until_ms`: so long a second row is waited for.
    """

    card = models.ForeignKey(Card, on_delete=models.PROTECT)
    row = models.PositiveIntegerField()
    sender = DigestField(max_length=16)
    tag = DigestField(max_length=16)
    number = DigestField(max_length=16, default=b"")
    message = IdField()
    result = EnumField(ReadingResult)
    until_ms = InstantField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("card", "row", "sender"), name="match_once"),)


class BadText(models.Model):
    """A text that was not right, on a card or of a sender nobody knows; counted for the throttle, for thirty days."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True)
    sender = DigestField(max_length=16, null=True)
    at_ms = InstantField()

    class Meta:
        indexes = (
            models.Index(fields=("card", "at_ms"), name="bad_text_card"),
            models.Index(fields=("sender", "at_ms"), name="bad_text_sender"),
        )


class Challenge(models.Model):
    """The question by voice that is open on a card: which row, which digit, until when."""

    card = models.OneToOneField(Card, on_delete=models.PROTECT, primary_key=True)
    row = models.PositiveIntegerField()
    digit = models.PositiveSmallIntegerField()
    until_ms = InstantField()


class Sharer(models.Model):
    """Somebody who speaks through another's line."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("line", "person"), name="sharer_once"),)


class PocketNumber(models.Model):
    """By which number a holder's codes speak of somebody, 00..99."""

    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pocket_numbers")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="in_pockets")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("holder", "number"), name="pocket_number_once"),
            models.UniqueConstraint(fields=("holder", "about"), name="in_one_pocket_once"),
        )


class Quarantine(models.Model):
    """Somebody who was in custody: no card is issued to them until two officers end it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    since_ms = InstantField()
    ended_ms = InstantField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(ended_ms__isnull=True), name="one_open_quarantine"
            ),
        )


class Question(models.Model):
    """A private question, for who carries no card. `asked`: question and true answers under the person's data key; emptied
    once it was put. `known`: under the same key a digest of its words, by which it is refused a second time.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    asked = SealedField(null=True)
    known = SealedField(null=True)
    kept_ms = InstantField()
    shown_ms = InstantField(null=True)
    result = EnumField(ReadingResult, null=True)
