"""A silence is ended on Now. That it is a warning is said only by who may see why, and only while one stands."""

from ojakgyo.apps.contact.silences import acts
from ojakgyo.apps.contact.silences.queries import whose
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.watch import queries as watch
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import SilenceEnd
from ojakgyo.domain.values.ids import PersonId


def end_silence(desk: Desk, *, window: int, why: SilenceEnd) -> PersonId:
    """Whoever may not see reasons is told the same whether or not a warning stands."""
    person = whose(window)
    if why is SilenceEnd.WARNING and person is not None and _is_held(desk, person):
        if not watch.may_speak_of(desk, person):
            raise Refused("home.safety_says_warning", person=person)
        if not watch.is_warned_for(desk, person):
            raise Refused("home.no_warning_stands", person=person)
    return acts.end_silence(desk, window=window, why=why)


def _is_held(desk: Desk, person: PersonId) -> bool:
    """Else the act itself refuses: the key of the cell is not held."""
    cell = network.cells_of([person]).get(person)
    return cell is not None and desk.keyring.holds(cell)
