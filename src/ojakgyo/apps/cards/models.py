"""Cards in use. State and own number lie in two tables under two keys, so that printing never meets the number."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.people.models import Person


class CardState(StrEnum):
    ACTIVE = "active"
    BURNT = "burnt"


class ReplaceReason(StrEnum):
    """Why a card is to be replaced by a new one."""

    OPENER_LEFT = "opener_left"
    """An officer who could read every card of the house was removed."""
    MACHINE_LOST = "machine_lost"
    """The machine that knew every card is in other hands: the card is burnt already."""


class Card(models.Model):
    """`row` is the next unused row, counted from 0; `state` its ratchet state and replay key under RING.cards 'state'.

    `replace_ms`, `replace_why`: since when its holder waits for a new one; null again once it is issued.
    """

    id = IdField.primary()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    row = models.PositiveIntegerField(default=0)
    state = SealedField()
    in_use = EnumField(CardState, default=CardState.ACTIVE)
    issued_ms = InstantField()
    replace_ms = InstantField(null=True)
    replace_why = EnumField(ReplaceReason, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=models.Q(in_use="active"), name="one_card_in_use"),
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
