"""Why a window was missed has become known."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import Miss, Silence, Window, WindowState
from ojakgyo.apps.contact.silences import standing
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.checkins import missing
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import MissCause, MissExplained, SilenceEnd
from ojakgyo.domain.values.ids import PersonId


@action
def explain_miss(desk: Desk, *, person: PersonId, window: int, cause: MissCause) -> None:
    """For who holds the key of the cell; else ``NotHeld``. Said again, the last word counts.

    A harmless cause ends the silence, once each window they have missed in it has one.
    """
    row = Window.objects.filter(pk=window, person_id=person, state=WindowState.MISSED).first()
    if row is None:
        raise Refused("house.not_found")
    cell = network.cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        raise NotHeld(person=person)
    Miss.objects.update_or_create(window=row, defaults={"person_id": person, "cause": cause})
    record(desk, MissExplained(person=person, window=window, cause=cause))
    silence = Silence.objects.filter(person_id=person, ended_ms=None).select_related("window").first()
    if silence is not None and _is_explained(silence):
        standing.end(desk, silence, SilenceEnd.EXPLAINED)


def _is_explained(silence: Silence) -> bool:
    missed = Window.objects.filter(
        person_id=silence.person_id, state=WindowState.MISSED, closes_ms__gte=silence.window.closes_ms
    )
    return not missed.exclude(miss__cause__in=missing.HARMLESS).exists()
