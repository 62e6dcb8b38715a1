"""Printing cards: the sheet is drawn first, written down, and given away; it is kept nowhere."""

from collections.abc import Collection, Mapping

from ojakgyo.apps.cards import keys, stock
from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.cards.printing import child, queries
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CardPrinted, PrintForm
from ojakgyo.domain.values.ids import CardId, PersonId


def print_cards(desk: Desk, *, cards: Collection[CardId], form: PrintForm, warned: bool = False) -> bytes:
    """A PDF with these cards, in this order, all of one cell whose key is held: ``NotHeld``, ``Refused`` otherwise.

    Own numbers are not opened for it: the rows follow from the card's state. `warned`: somebody has read that in the
    North a card in a pocket is itself an exhibit; unread, none of that size is drawn for a cell there.
    """
    chosen = _to_be_printed(desk, cards)
    if form is PrintForm.CARD and not warned and queries.in_the_north(desk, PersonId(chosen[0].person_id)):
        raise Refused("cards.warned_first")
    state_key = desk.keyring.ring.state_key()
    made = child.write_sheets(form, [queries.paper(state_key, card) for card in chosen])
    note_printed(desk, rows={CardId(card.pk): card.row for card in chosen}, form=form)
    return made


@action
def note_printed(desk: Desk, *, rows: Mapping[CardId, int], form: PrintForm) -> None:
    """Write down that cards came onto paper, before it leaves. `rows`: the first row on the paper of each."""
    for card in _to_be_printed(desk, rows):
        if card.row != rows[CardId(card.pk)]:
            raise Refused("house.busy")
        stock.touch(card.pk, printed_ms=desk.now)
        record(desk, CardPrinted(card=CardId(card.pk), person=PersonId(card.person_id), form=form, row=card.row))


def _to_be_printed(desk: Desk, cards: Collection[CardId]) -> tuple[Card, ...]:
    """Whoever asks must hold the cell; then the cards must be in nobody's hands yet."""
    if not cards:
        raise Refused("cards.none_chosen")
    found = tuple(stock.known(card) for card in dict.fromkeys(cards))
    for card in found:
        keys.demand_cell(desk, card.person_id)
    if len(set(cells_of(card.person_id for card in found).values())) > 1:
        raise Refused("cards.too_many")
    for card in found:
        stock.active(card.pk)
        if card.handed_ms is not None or card.first_ms is not None:
            raise Refused("cards.handed_over")
        if card.row >= ROWS:
            raise Refused("cards.card_over")
    return found
