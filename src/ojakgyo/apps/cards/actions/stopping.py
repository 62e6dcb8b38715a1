"""Stopping a card takes one officer with keys in hand, whatever the role and the cell: the next card mends an error."""

from django.db.models import Q

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_hand
from ojakgyo.apps.cards.models import Card, CardState, Quarantine
from ojakgyo.apps.cards.queries import in_quarantine
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.burning import seize_lines
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import QuarantineBegun
from ojakgyo.domain.values.ids import CardId, PersonId


@action
def burn_card(desk: Desk, *, card: CardId) -> CardId:
    """The paper is destroyed, or is to be: nobody uses it any more."""
    demand_hand(desk)
    stock.end(desk, stock.active(card), CardState.BURNT)
    return card


@action
def lose_card(desk: Desk, *, card: CardId) -> CardId:
    """Its paper lies somewhere: whoever uses it from now on is not its holder. One that retired a moment ago too."""
    demand_hand(desk)
    stock.end(desk, stock.still_read(card), CardState.LOST)
    return card


@action
def capture_card(desk: Desk, *, card: CardId) -> CardId:
    """Its paper fell into hostile hands with its holder, now or after it was ended: that begins a quarantine."""
    demand_hand(desk)
    row = stock.known(card)
    if row.in_use == CardState.CAPTURED:
        raise Refused("cards.card_over")
    stock.end(desk, row, CardState.CAPTURED)
    _stop_all(desk, row.person_id)
    return card


@action
def begin_quarantine(desk: Desk, *, person: PersonId) -> PersonId:
    """Somebody is in custody, or back from it: no card goes on, none is issued. In quarantine already: `Refused`."""
    demand_hand(desk)
    if in_quarantine(person):
        raise Refused("cards.in_quarantine", person=person)
    _stop_all(desk, person)
    return person


def _stop_all(desk: Desk, person: int) -> None:
    """What they have in hand was taken with them, phones too; a card that is still at the desk is burnt.

    A card that retired is ended too while its rows may still arrive: in custody they would be read for two days.
    """
    read = Q(in_use=CardState.ACTIVE) | Q(in_use=CardState.RETIRED, laterow__isnull=False)
    for row in Card.objects.filter(read, person_id=person).distinct().order_by("pk"):
        stock.end(desk, row, CardState.BURNT if row.handed_ms is None else CardState.CAPTURED)
    seize_lines(desk, PersonId(person))
    if not in_quarantine(person):
        Quarantine.objects.create(person_id=person, since_ms=desk.now)
        record(desk, QuarantineBegun(person=PersonId(person)))
