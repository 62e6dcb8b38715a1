"""Rows of a card as they are printed, from its state alone; who has a card, and who waits for a new one."""

from dataclasses import dataclass, field

from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.values import InUse, ToReplace
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.envelope import Key
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import Instant


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


def to_replace(desk: Desk) -> tuple[ToReplace, ...]:
    """Who waits for a new card, longest first."""
    rows = list(Card.objects.filter(replace_ms__isnull=False).order_by("replace_ms", "pk"))
    names = code_names(desk, [row.person_id for row in rows])
    return tuple(
        ToReplace(PersonId(row.person_id), names[row.person_id], Instant(row.replace_ms), row.replace_why)
        for row in rows
    )


def owed() -> int:
    """How many wait for a new card."""
    return Card.objects.filter(replace_ms__isnull=False).count()


def in_use(person: PersonId) -> InUse:
    """How a person stands with cards."""
    issued = Card.objects.filter(person_id=person, in_use=CardState.ACTIVE).values_list("issued_ms", flat=True)
    waiting = Card.objects.filter(person_id=person, replace_ms__isnull=False).values_list("replace_ms", flat=True)
    return InUse(issued.first(), waiting.first())
