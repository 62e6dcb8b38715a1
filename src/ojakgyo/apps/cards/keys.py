"""Who may do what about a card: giving one takes the key of its holder's cell, stopping one takes any officer's hand."""

from ojakgyo.apps.network.queries import cells_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld


def holds(desk: Desk, person: int) -> bool:
    """Whether the one at the desk holds the key of this person's cell."""
    cell = cells_of([person]).get(person)
    return cell is not None and desk.keyring.holds(cell)


def demand_cell(desk: Desk, person: int) -> None:
    """Not at the desk with the key of this person's cell in hand: ``NotHeld``."""
    cell = cells_of([person]).get(person)
    if cell is None:
        raise NotHeld(person=person)
    desk.keyring.cell_key(cell)


def demand_hand(desk: Desk) -> None:
    """Nobody signed in, or the keys put down: ``NotHeld``."""
    _ = desk.keyring.officer_keys
