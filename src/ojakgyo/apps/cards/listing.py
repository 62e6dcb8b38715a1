"""The list of cards: those of the cells held, each with its next step; of all others how many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ojakgyo.apps.cards import queries as cards
from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.life.queries import cards_page
from ojakgyo.apps.cards.life.values import CardLine, CardState, NextStep
from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.cards.values import ToReplace
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.vault.queries.requests import to_sign
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values.ids import CardId, PersonId, TokenId


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsListed:
    """`steps`: cards somebody has to do something about, or wait for; first of all whoever had one and has none any more.
    `calm`: those in use, by name. `without`: who should have one and never had. `waiting`: for a new one. `to_sign`: requests
    to end a quarantine that want the hand of the one at the desk.

    `elsewhere`, `waiting_elsewhere`: how many people of cells that are not held have a card, and wait for a new one.
    """

    steps: tuple[CardLine, ...]
    calm: tuple[CardLine, ...]
    without: tuple[CardLine, ...]
    waiting: tuple[ToReplace, ...]
    to_sign: tuple[TokenId, ...]
    elsewhere: int
    waiting_elsewhere: int

    @property
    def to_do(self) -> int:
        """So many cards wait for somebody at the desk, those that are to be issued to whoever lost theirs among them."""
        return sum(line.step is not NextStep.WAIT_FOR_FIRST_CODE for line in self.steps)

    @property
    def to_print(self) -> int:
        return sum(line.step is NextStep.PRINT for line in self.steps)


def cards_listed(desk: Desk) -> CardsListed:
    lines = cards_page(desk)
    waiting = cards.to_replace(desk)
    cells = network.cells_of({*cards.holders(desk), *(each.person for each in waiting)})
    held = {person for person, cell in cells.items() if desk.keyring.holds(cell)}
    own = tuple(each for each in waiting if each.person in held)
    bereft = tuple(line for line in lines if _bereft(line))
    carded = (line for line in lines if line.card is not None and line.step is not NextStep.IN_USE)
    return CardsListed(
        steps=(*bereft, *carded),
        calm=tuple(line for line in lines if line.step is NextStep.IN_USE),
        without=tuple(line for line in lines if line.card is None and not _bereft(line)),
        waiting=own,
        to_sign=to_sign(desk, kind=RequestKind.END_QUARANTINE),
        elsewhere=len(cards.holders(desk) - held),
        waiting_elsewhere=len(waiting) - len(own),
    )


def _bereft(line: CardLine) -> bool:
    """Whether it is about somebody whose card was lost, captured or burnt, or who was in custody, and has no other yet."""
    return line.card is None and (line.ended is not None or line.step is NextStep.END_QUARANTINE)


@dataclass(frozen=True, slots=True)
class Held:
    """A card in somebody's hands, and how many lines are left on it."""

    card: CardId
    rows_left: int


def held_by(persons: Iterable[int]) -> Mapping[int, Held]:
    """The card each of these has in hand: the one in use, else the one whose first code is waited for."""
    handed = Card.objects.filter(person_id__in=set(persons), in_use=CardState.ACTIVE, handed_ms__isnull=False)
    order = sorted(handed.defer("state"), key=lambda card: card.first_ms is not None)  # the one in use stays
    return {card.person_id: Held(CardId(card.pk), stock.rows_left(card)) for card in order}


def active_cards(person: PersonId) -> tuple[CardId, ...]:
    """The cards of somebody that may be stopped: the present one, and the one to come."""
    return tuple(CardId(card.pk) for card in stock.cards_of(person) if card.in_use == CardState.ACTIVE)


def holder_of(card: CardId) -> PersonId:
    """Whose card it is; no such card: `Refused`."""
    return PersonId(stock.known(card).person_id)
