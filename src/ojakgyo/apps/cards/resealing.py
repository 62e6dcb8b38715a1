"""Cards under the present ring, whatever key they lay under before. States and numbers are never met with each other."""

from ojakgyo.apps.cards.models import Card, LateRow, OwnNumber
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.resealing import resealed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.names import Group, Table


def reseal(desk: Desk) -> None:
    """Inside the caller's transaction."""
    states, numbers = desk.keyring.ring.state_keys(), desk.keyring.ring.number_keys()
    for card in Card.objects.all():
        if after := resealed(states, seals.place(Table.CARD, card.pk, Group.STATE), card.state):
            Card.objects.filter(pk=card.pk).update(state=after)
    for own in OwnNumber.objects.all():
        if after := resealed(numbers, seals.place(Table.CARD, own.pk, Group.NUMBER), own.number):
            OwnNumber.objects.filter(pk=own.pk).update(number=after)
    for late in LateRow.objects.all():
        place = seals.place(Table.CARD, late.card_id, Group.STATE, bound=("late", late.row))
        if after := resealed(states, place, late.drawn):
            LateRow.objects.filter(pk=late.pk).update(drawn=after)
