"""Rows of a card as they are printed: from its state alone."""

from dataclasses import dataclass, field

from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.envelope import Key
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, PersonId


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a card is used: its next row, and the secrets the rows are drawn from."""

    card: CardId
    row: int
    state: bytes = field(repr=False)
    replay_key: bytes = field(repr=False)


def stand_of(state_key: Key, person: PersonId) -> Stand:
    """The card a person uses now; none: `Refused`. `state_key` is all that is needed, and all a printer is handed."""
    card = Card.objects.filter(person_id=person, in_use=CardState.ACTIVE).first()
    if card is None:
        raise Refused("cards.no_card", person=person)
    opened = seals.unseal(state_key, seals.place(Table.CARD, card.pk, Group.STATE), card.state)
    return Stand(CardId(card.pk), card.row, bytes.fromhex(opened["state"]), bytes.fromhex(opened["replay"]))


def rows_ahead(state_key: Key, person: PersonId, count: int) -> tuple[Numbered, ...]:
    """The next unused rows of a person's card, nearest first."""
    stand = stand_of(state_key, person)
    return codebook.numbered(codebook.rows_ahead(stand.state, count), first=stand.row)


def holders(desk: Desk) -> frozenset[PersonId]:
    """Who has a card in use."""
    return frozenset(Card.objects.filter(in_use=CardState.ACTIVE).values_list("person_id", flat=True))
