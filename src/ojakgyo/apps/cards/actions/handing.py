"""Giving a card to its holder, face to face: the own number is looked at and told aloud, then the paper changes hands."""

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Card, OwnNumber
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.cards import own_number
from ojakgyo.domain.cards.own_number import OwnNumber as Number
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import CardId, PersonId


@action
def tell_number(desk: Desk, *, card: CardId) -> Number:
    """The own number of a printed card that is still at the desk, to be told aloud; who looks at it is written down.

    Once the card is in its holder's hands nobody sees it here again: whoever asks for it then may be made to ask.
    """
    row = _at_the_desk(desk, card)
    sealed = OwnNumber.objects.values_list("number", flat=True).get(card_id=row.pk)
    number = seals.unseal(desk.keyring.ring.number_key(), stock.number_place(row.pk), sealed)["number"]
    stock.touch(row.pk, told_ms=desk.now)
    record(desk, facts.NumberTold(card=card, person=PersonId(row.person_id)))
    return own_number.parse(number)


@action
def hand_over(desk: Desk, *, card: CardId) -> CardId:
    """The paper is in its holder's hands, and they know the number by heart: its first code is waited for."""
    row = _at_the_desk(desk, card)
    if row.told_ms is None:
        raise Refused("cards.number_not_told")
    stock.touch(row.pk, handed_ms=desk.now)
    record(desk, facts.CardHandedOver(card=card, person=PersonId(row.person_id)))
    return card


def _at_the_desk(desk: Desk, card: CardId) -> Card:
    """A printed card that nobody has yet, for who holds the key of its holder's cell."""
    row = stock.known(card)
    demand_cell(desk, row.person_id)
    row = stock.active(card)
    if row.handed_ms is not None:
        raise Refused("cards.handed_over")
    if row.printed_ms is None:
        raise Refused("cards.not_printed")
    return row
