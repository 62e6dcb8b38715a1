"""Cards under the present ring, whatever key they lay under before. States and numbers are never met with each other.

A private question lies under its person's own key, which is wrapped anew with the cell's: nothing of it lies here.
"""

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, LateRow, OwnNumber
from ojakgyo.apps.vault.resealing import resealed
from ojakgyo.domain.desk import Desk


def reseal(desk: Desk) -> None:
    """Inside the caller's transaction. Of a card that was emptied there is nothing to seal."""
    states, numbers = desk.keyring.ring.state_keys(), desk.keyring.ring.number_keys()
    for card in Card.objects.exclude(state=b""):
        if after := resealed(states, stock.state_place(card.pk), card.state):
            stock.touch(card.pk, state=after)
    for own in OwnNumber.objects.all():
        if after := resealed(numbers, stock.number_place(own.pk), own.number):
            OwnNumber.objects.filter(pk=own.pk).update(number=after)
    for late in LateRow.objects.all():
        if after := resealed(states, stock.late_place(late.card_id, late.row), late.drawn):
            LateRow.objects.filter(pk=late.pk).update(drawn=after)
