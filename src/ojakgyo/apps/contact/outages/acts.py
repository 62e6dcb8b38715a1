"""Why a window was missed has become known."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import Miss, Window, WindowState
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import MissCause, MissExplained
from ojakgyo.domain.values.ids import PersonId


@action
def explain_miss(desk: Desk, *, person: PersonId, window: int, cause: MissCause) -> None:
    """For who holds the key of the cell; else ``NotHeld``. Said again, the last word counts."""
    row = Window.objects.filter(pk=window, person_id=person, state=WindowState.MISSED).first()
    if row is None:
        raise Refused("house.not_found")
    cell = network.cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        raise NotHeld(person=person)
    Miss.objects.update_or_create(window=row, defaults={"person_id": person, "cause": cause})
    record(desk, MissExplained(person=person, window=window, cause=cause))
