"""A fresh card, for somebody whom the desk is going to meet."""

import secrets

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Card, OwnNumber
from ojakgyo.apps.cards.queries import in_quarantine
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.cards import codebook, own_number, replay
from ojakgyo.domain.cards.own_number import OwnNumber as Number
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import ratchet
from ojakgyo.domain.values.ids import CardId, PersonId


@action
def issue_card(desk: Desk, *, person: PersonId, number: Number | None = None) -> CardId:
    """A fresh card. The one in use works on until the first code of this one comes.

    The own number is drawn here unless it is handed in. In quarantine, or with a card to come already: `Refused`.
    """
    demand_cell(desk, person)
    if in_quarantine(person):
        raise Refused("cards.in_quarantine", person=person)
    if stock.to_come(person) is not None:
        raise Refused("cards.next_waits", person=person)
    ring, secret = desk.keyring.ring, secrets.token_bytes(32)
    card = Card(person_id=person, issued_ms=desk.now, touched=stock.touched() + 1)
    card.state = stock.seal_state(desk, card.pk, state=ratchet.start(secret), replay_key=replay.replay_key(secret))
    card.save(force_insert=True)
    drawn = number or own_number.draw(secrets.token_bytes)
    sealed = seals.seal(ring.number_key(), stock.number_place(card.pk), {"number": drawn.written()})
    OwnNumber.objects.create(card=card, number=sealed)
    record(desk, facts.CardIssued(card=CardId(card.pk), person=person))
    return CardId(card.pk)


@action
def take_over_card(desk: Desk, *, card: CardId, used: int = 0) -> CardId:
    """Say of a card to come that it is in its holder's hands and in use: it comes from a desk before this one.

    `used`: so many of its rows are gone already, 0..12.
    """
    if not 0 <= used <= codebook.ROWS:
        raise ValueError("a card has twelve rows")
    row = stock.active(card)
    demand_cell(desk, row.person_id)
    if row.first_ms is not None:
        raise Refused("cards.handed_over")
    stand = stock.opened(desk.keyring.ring.state_key(), row)
    after = codebook.state_after(stand.state, used)
    state = stock.seal_state(desk, row.pk, state=after, replay_key=stand.replay_key)
    stock.touch(row.pk, row=used, state=state, printed_ms=row.printed_ms or desk.now, told_ms=row.told_ms or desk.now)
    record(desk, facts.CardHandedOver(card=card, person=PersonId(row.person_id)))
    stock.first_code(desk, row, max(0, used - 1))
    return card
