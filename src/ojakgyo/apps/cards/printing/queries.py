"""What stands on a card's paper, from its state alone; and which cards wait to be printed."""

from collections.abc import Mapping

from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.printing.values import CellToPrint, Look, ToPrint
from ojakgyo.apps.cards.stock import Stand, known, opened
from ojakgyo.apps.network.queries import cells_of, people_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.cards import codebook, layouts
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.cards.layouts import Holds, Layout, Line
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.envelope import Key
from ojakgyo.domain.values.ids import CardId, CellId, PersonId
from ojakgyo.domain.values.instants import Instant


def paper(state_key: Key, card: Card) -> tuple[Layout, tuple[Line, ...]]:
    """What stands on the paper of a card, and how it lies there. `state_key` is all that a printer is handed."""
    return _laid_out(opened(state_key, card))


def look(desk: Desk, *, card: CardId) -> Look:
    """How the paper of a card lies, without any row of it. Another's cell: ``NotHeld``; a card that was emptied: `Refused`."""
    row = known(card)
    demand_cell(desk, row.person_id)
    layout = layouts.drawn(opened(desk.keyring.ring.state_key(), row).replay_key)
    heads = layouts.heads(layout)
    return Look(
        heads=heads,
        caption=layout.caption,
        answers=tuple(each for each in heads if each.holds is Holds.ANSWER),
        contact=next(each for each in heads if each.holds is Holds.CONTACT),
        between=layout.between,
    )


def rows_text(stand: Stand) -> str:
    """The same as plain text: what is left of a card's rows in the columns and under the heads of its paper."""
    layout, lines = _laid_out(stand)
    return layouts.text(layout, lines)


def _laid_out(stand: Stand) -> tuple[Layout, tuple[Line, ...]]:
    layout = layouts.drawn(stand.replay_key)
    rows = codebook.rows_ahead(stand.state, max(0, ROWS - stand.row))
    return layout, layouts.table(layout, rows, first=stand.row)


def to_print(desk: Desk) -> tuple[CellToPrint, ...]:
    """The cells that open at this desk and have cards which are in nobody's hands yet, by their code."""
    members = people_of(vault.cells_open_at(desk))
    waiting = Card.objects.filter(in_use=CardState.ACTIVE, handed_ms=None, first_ms=None, row__lt=ROWS)
    cards = {
        card.person_id: card for card in waiting.filter(person_id__in=[p for each in members.values() for p in each])
    }
    lines = _lines(desk, cards)
    found = (
        CellToPrint(cell.id, cell.code, cell.side is Side.NORTH, _of(cell.id, members, lines))
        for cell in vault.cells(desk)
        if cell.id in members
    )
    return tuple(each for each in found if each.cards)


def in_the_north(desk: Desk, person: PersonId) -> bool:
    """Whether this person's cell works inside the North; somebody of no cell: False."""
    cell = cells_of([person]).get(person)
    return any(each.id == cell and each.side is Side.NORTH for each in vault.cells(desk))


def _of(
    cell: CellId, members: Mapping[CellId, tuple[PersonId, ...]], lines: Mapping[PersonId, ToPrint]
) -> tuple[ToPrint, ...]:
    mine = (lines[person] for person in members[cell] if person in lines)
    return tuple(sorted(mine, key=lambda line: line.code_name.en))


def _lines(desk: Desk, cards: dict[int, Card]) -> dict[PersonId, ToPrint]:
    names = code_names(desk, cards)
    return {
        PersonId(person): ToPrint(
            CardId(card.pk),
            PersonId(person),
            names[person],
            Instant(card.issued_ms),
            None if card.printed_ms is None else Instant(card.printed_ms),
        )
        for person, card in cards.items()
    }
