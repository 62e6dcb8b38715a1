"""An officer looks after a silence, and says how it ended. It never ends by itself."""

from typing import Final

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.models import Silence
from ojakgyo.apps.contact.silences import standing
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import SilenceEnd
from ojakgyo.domain.values.ids import PersonId

BY_HAND: Final = (SilenceEnd.SEEN, SilenceEnd.WARNING, SilenceEnd.AGREED)
"""How an officer may end one; the others follow from what is heard and from how an area stands."""


@action
def take_silence(desk: Desk, *, window: int) -> PersonId:
    """ "I'll take it": whoever is on call and sits at the desk, whatever cell it is."""
    row = _standing(window)
    standing.take(desk, row, desk.officer)
    return PersonId(row.person_id)


@action
def end_silence(desk: Desk, *, window: int, why: SilenceEnd) -> PersonId:
    """Say how it ended, for who holds the key of the cell; else ``NotHeld``."""
    row = _standing(window)
    person = PersonId(row.person_id)
    cell = network.cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        raise NotHeld(person=person)
    if why not in BY_HAND:
        raise Refused("contact.silence_goes_on", person=person)
    standing.end(desk, row, why)
    return person


def _standing(window: int) -> Silence:
    """One that nobody has ended: `Refused` otherwise."""
    row = Silence.objects.filter(pk=window, ended_ms=None).select_related("window").first()
    if row is None:
        raise Refused("contact.silence_over")
    return row
