"""What is done about cards. Nothing in here meets state and own number together: that is `reading` alone."""

import secrets

from ojakgyo.apps.cards.models import Card, CardState, OwnNumber
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.cards import own_number, replay
from ojakgyo.domain.cards.own_number import OwnNumber as Number
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing import ratchet
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, PersonId


@action
def issue_card(desk: Desk, *, person: PersonId, number: Number | None = None) -> CardId:
    """A fresh card for a person; the one in use until now is burnt. The own number is drawn here unless it is handed in."""
    ring, secret = desk.keyring.ring, secrets.token_bytes(32)
    Card.objects.filter(person_id=person, in_use=CardState.ACTIVE).update(in_use=CardState.BURNT)
    Card.objects.filter(person_id=person).update(replace_ms=None, replace_why=None)
    card = Card(person_id=person, issued_ms=desk.now)
    card.state = seal_state(desk, card.pk, state=ratchet.start(secret), replay_key=replay.replay_key(secret))
    card.save(force_insert=True)
    drawn = number or own_number.draw(secrets.token_bytes)
    place = seals.place(Table.CARD, card.pk, Group.NUMBER)
    sealed = seals.seal(ring.number_key(), place, {"number": drawn.written()})
    OwnNumber.objects.create(card=card, number=sealed)
    record(desk, facts.CardIssued(card=CardId(card.pk), person=person))
    return CardId(card.pk)


def seal_state(desk: Desk, card: int, *, state: bytes, replay_key: bytes) -> bytes:
    """The blob of a card's state, under RING.cards 'state'."""
    place = seals.place(Table.CARD, card, Group.STATE)
    return seals.seal(desk.keyring.ring.state_key(), place, {"state": state.hex(), "replay": replay_key.hex()})
